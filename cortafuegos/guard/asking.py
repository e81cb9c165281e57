"""Where a reply asks for data, and where it names a private way to give them.

Patterns read the folded prose of a draft, so they are lower case and without accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Any of these shows that what is asked for is not to be said in public.
PRIVATE_WAY = re.compile(
    r"\b(?:privad[oa]s?|priv|md|dm|dms|d\.m\.?|m\.d\.?|mp|pm|inbox|interno|directos?|directa|direct|privately|private"
    r"|confidencial|formulario|form|seguro|secure|chat|link|enlace|liga|aqui|whatsapp|messenger|llam\w+|call\w*|ring|missatge)\b"
    r"|\bfollow(?:ing)?\b|\bsiguenos\b|\bseguinos\b|\bpor correo\b|\bby e?mail\b|\bmensaje\b|\bmensajes\b|\bmsg\b|\bmessage\w*\b"
)
_DATA_ES = (
    r"(?:d\.?n\.?i\.?|nie|nif|curp|rfc|rut|cpf|cedula|pasaporte|documento(?:\sde\sidentidad)?|identificacion|ine"
    r"|iban|cuenta(?:\sbancaria)?|clabe|tarjeta|cvv|nip|pin|contrasena|clave|token|codigo de (?:verificacion|seguridad|reserva|cliente)"
    r"|telefono|tel|celular|movil|correo(?:\selectronico)?|e-?mail|mail|direccion|domicilio|codigo postal"
    r"|numero de (?:pedido|orden|reserva|cliente|cuenta|tarjeta|telefono|contrato|poliza|socio|seguimiento|guia|celular|documento|localizador"
    r"|billete|boleto|linea|folio|factura|suministro|serie|compra|contacto)"
    r"|n[.º°o]{1,2} ?(?:de )?(?:pedido|reserva|cliente|cuenta|contrato|telefono)"
    r"|pedido|localizador|reserva|datos(?:\s(?:personales|bancarios|de contacto|de la tarjeta|completos))?|fecha de nacimiento|nombre completo|matricula|imei)"
)
_DATA_EN = (
    r"(?:(?:phone|mobile|cell|contact|telephone|order|booking|account|card|customer|reference|reservation|confirmation|tracking|policy|passport"
    r"|ticket|member(?:ship)?|loyalty|flyer|case|social security|serial|imei|bank|contract|invoice)\s(?:number|no|#|id|code|details?|info(?:rmation)?|ref(?:erence)?)s?"
    r"|e-?mail(?:\saddress)?|phone|(?:home|postal|delivery|shipping|billing|street|full)?\s?address|postcode|zip(?:\scode)?|date of birth|dob|password|pin"
    r"|passport|ssn|pnr|record locator|full name|contact details|personal details|booking|order\s?#|flight details|sort code|iban)"
)
_VERB_ES = re.compile(
    r"\b(?:"
    r"(?:indic|facilit|envi|mand|pas|compart|proporcion|brind|confirm|dej|remit|escrib|comunic|adjunt|coment|respond|contest|danos|denos|dinos|diganos|decinos|dejan|dame|deme)"
    r"\w*(?:nos|me|nosl[oa]s?)"
    r"|(?:danos|denos|dinos|diganos|decinos|dime|digame|dame|deme|hagan?os llegar|haznos llegar)"
    r"|(?:nos|me)\s(?:\w+\s){0,2}?(?:indic|facilit|envi|mand|pas|compart|proporcion|brind|confirm|dej|dar|das|da|dice|dices|decir|decis|remit)\w*"
    r"|(?:puedes|puede|podrias|podria|podes|puedas|pueda)\s(?:\w+\s){0,1}?(?:indicar|facilitar|enviar|mandar|pasar|compartir|proporcionar|brindar|confirmar|dejar|dar|decir)(?:nos|me)?"
    r"|(?:necesitamos|necesito|requerimos|precisamos|solicitamos|nos hace falta|nos falta)"
    r"|(?:cual(?:es)?\s(?:es|son|seria))"
    r"|(?:responde|responda|contesta|conteste|comenta|comente|publica|escribe|escriba|pon|ponga)\s(?:\w+\s){0,3}?con"
    r")\b"
)
_VERB_EN = re.compile(
    r"\b(?:(?:send|share|provide|give|tell|confirm|drop|supply|forward|post|leave|advise|reply|respond|comment|need|require|have|get|grab|know)"
    r"|what(?:'s|\sis|\sare|\swas))\b"
)
_OBJECT_ES = re.compile(
    r"\b(?:tu|tus|su|sus|el|la|los|las|un|vuestro|vuestra)\s(?:\w+\s(?:de\s)?){0,2}?" + _DATA_ES + r"\b"
)
_OBJECT_EN = re.compile(r"\b(?:your|ur|the|an?)\s(?:\w+\s){0,2}?" + _DATA_EN + r"\b")
_OWN_ES = re.compile(r"\b(?:tu|tus|su|sus|vuestro|vuestra)\b")
_OWN_EN = re.compile(r"\b(?:your|ur|yours)\b")
_NEVER = re.compile(
    r"\b(?:no|nunca|jamas|evit\w+|sin|never|don't|dont|do not|avoid|not|borra\w*|elimin\w*|delete|remove|hide|quita\w*|cuida\w*|protege\w*)\b"
)
_ENDS = re.compile(r"[.!?…;\n]")
WINDOW = 70  # characters between the asking and what is asked for


def asks(prose: str) -> Iterator[re.Match[str]]:
    """The thing asked for, wherever a verb of asking stands before it in the same sentence."""
    for verbs, objects, own in ((_VERB_ES, _OBJECT_ES, _OWN_ES), (_VERB_EN, _OBJECT_EN, _OWN_EN)):
        for verb in verbs.finditer(prose):
            rest = prose[verb.end() : verb.end() + WINDOW]
            end = _ENDS.search(rest)
            rest = rest[: end.start()] if end else rest
            if _NEVER.search(prose[max(0, verb.start() - 30) : verb.start()]):
                continue
            thing = objects.search(prose, verb.end(), verb.end() + len(rest) + 1)
            if thing and own.search(thing[0]):
                yield thing
                break
