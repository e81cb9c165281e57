"""Where a reply asks for data, and where it names a private way to give them.

Patterns read the folded prose of a draft, so they are lower case and without accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Any of these shows that what is asked for is not to be said in public.
PRIVATE_WAY = re.compile(
    r"\b(?:privad[oa]s?|priv|md|dm|dms|dmed|d\.m\.?|m\.d\.?|mp|pm|inbox|privately|private|"
    r"confidencial\w*|formulario|form"
    r"|follow(?:ing)?|siguenos|seguinos)\b"
    r"|\b(?:por|via|in|our|nuestro|el|del|al|the)\s(?:interno|directos?|chat|link|enlace|"
    r"liga|messenger|whatsapp|missatge)\b"
    r"|\bmensajes?\sdirectos?\b|\bdirect\s(?:message|mail)\w*|\b(?:un|por|via|en|manda\w*|"
    r"envia\w*|escrib\w*)\smensajes?\b"
    r"|\b(?:message\sus|(?:a|by|via|private)\s(?:message|msg)|msg\sus)\b|\bpor correo\b|"
    r"\bby e?mail\b|\bvia e?mail\b"
)
_DATA_ES = (
    r"(?:d\.?n\.?i\.?|nie|nif|curp|rfc|rut|cpf|cedula|pasaporte|documento(?:\sde\sidentidad)?|"
    r"identificacion|ine"
    r"|iban|cuenta(?:\sbancaria)?|clabe|tarjeta|cvv|nip|pin|contrasena|clave|token|codigo "
    r"de (?:verificacion|seguridad|reserva|cliente)"
    r"|telefono|tel|celular|movil|correo(?:\selectronico)?|e-?mail|mail|direccion|domicilio|codigo postal"
    r"|numero de (?:pedido|orden|reserva|cliente|cuenta|tarjeta|telefono|contrato|poliza|"
    r"socio|seguimiento|guia|celular|documento|localizador"
    r"|billete|boleto|linea|folio|factura|suministro|serie|compra|contacto)"
    r"|n[.º°o]{1,2} ?(?:de )?(?:pedido|reserva|cliente|cuenta|contrato|telefono)"
    r"|pedido|localizador|reserva|datos(?:\s(?:personales|bancarios|de contacto|de la "
    r"tarjeta|completos))?|fecha de nacimiento|nombre completo|matricula|imei)"
)
_DATA_EN = (
    r"(?:(?:phone|mobile|cell|contact|telephone|order|booking|account|card|customer|reference|"
    r"reservation|confirmation|tracking|policy|passport"
    r"|ticket|member(?:ship)?|loyalty|flyer|social security|serial|imei|bank|contract|"
    r"invoice)\s(?:number|no|#|id|code|details?|info(?:rmation)?|ref(?:erence)?)s?"
    r"|e-?mail(?:\saddress|\sid)?|(?:(?:home|postal|delivery|shipping|billing|street|full)\s)?addres"
    r"s|postcode|zip(?:\scode)?|date of birth|dob|password|pin"
    r"|user\s?name|passport|ssn|pnr|record locator|full name|contact details|personal details|order\s?#|"
    r"sort code|iban)"
)
_VERB_ES = re.compile(
    r"\b(?:"
    r"(?:indic|indiqu|facilit|envi|mand|pas|compart|proporcion|brind|confirm|dej|remit|"
    r"escrib|comunic|adjunt|coment|respond|contest|danos|denos|dinos|diganos|decinos|dejan|"
    r"dame|deme)"
    r"\w*(?:nos|me|nosl[oa]s?)"
    r"|(?:danos|denos|dinos|diganos|decinos|dime|digame|dame|deme|hagan?os llegar|haznos llegar)"
    r"|(?:nos|me)\s(?:\w+\s){0,2}?(?:indic|indiqu|facilit|envi|mand|pas|compart|proporcion|"
    r"brind|confirm|dej|dar|das|da|dice|dices|decir|decis|remit)\w*"
    r"|(?:puedes|puede|podrias|podria|podes|puedas|pueda)\s(?:\w+\s){0,1}?(?:indicar|facilitar|"
    r"enviar|mandar|pasar|compartir|proporcionar|brindar|confirmar|dejar|dar|decir)(?:nos|"
    r"me)?"
    r"|(?:necesitamos|necesito|requerimos|precisamos|solicitamos|nos hace falta|nos falta)"
    r"|(?:cual(?:es)?\s(?:es|son|seria))"
    r"|(?:responde|responda|contesta|conteste|comenta|comente|publica|escribe|escriba|"
    r"pon|ponga)\s(?:\w+\s){0,3}?con"
    r")\b"
)
_VERB_EN = re.compile(
    r"(?:\b(?:send|share|provide|give|tell|confirm|drop|supply|forward|post|advise|specify|dm|"
    r"state|verify)(?:\s(?:us|me|over))?"
    r"|\b(?:we|i)(?:'ll|'d|\swill|\swould|\sdo)?\s(?:need|require)"
    r"|\b(?:may|can|could|might)\s(?:we|i)\s(?:please\s)?(?:have|get|grab|know|ask for)"
    r"|\blet\s(?:us|me)\sknow|\b(?:reply|respond|comment|tweet|post)\s(?:\w+\s){0,3}with"
    r"|\bwhat(?:'s|\sis|\sare|\swas))\b"
)
_OBJECT_ES = re.compile(
    r"\b(?:tu|tus|su|sus|el|la|los|las|un|vuestro|vuestra)\s(?:\w+\s(?:de\s)?){0,2}?" + _DATA_ES + r"\b"
)
_OBJECT_EN = re.compile(r"\b(?:your|ur|the|an?)\s(?:\w+\s){0,2}?" + _DATA_EN + r"\b")
_OWN_ES = re.compile(r"\b(?:tu|tus|su|sus|vuestro|vuestra)\b")
_OWN_EN = re.compile(r"\b(?:your|ur|yours)\b")
_NEVER = re.compile(
    r"\b(?:no|nunca|jamas|evit\w+|sin|never|don't|dont|do not|avoid|not|borra\w*|elimin\w*|"
    r"delete|remove|hide|quita\w*|cuida\w*|protege\w*)\b"
)
_ENDS = re.compile(r"[.!?…;\n]")
# Between the two: "send an answer *to* your e-mail", "confirm *if* your address" ask for nothing.
_AWAY_ES = re.compile(
    r"\b(?:a|en|sobre|desde|si|cuando|mediante|hasta|donde|revis\w+|ingres\w+|acerca|para)\b"
)
_AWAY_EN = re.compile(
    r"\b(?:to|about|on|in|at|from|regarding|if|when|whether|once|made|same|you|against|using|into|until)\b"
)
_ELSEWHERE = re.compile(
    r"\s(?:at the|at our|on our|in the|on the|en la|en el|en nuestra|al llegar|when you|to the|al momento)\b"
)
# What no brand asks for anywhere: with it, others can act in the customer's name.
_UNASKABLE = (
    r"(?:cvv2?|cvc2?|csc|pin|nip|passwords?|passcode|pass\s?phrase|contrasenas?|clave\s(?:secreta|"
    r"de\sacceso|de\scajero|dinamica|"
    r"de\s(?:tu|su)\s(?:cuenta|banca|tarjeta)|bancaria|unica|token)|otp|one-?time\s(?:code|password)|token|"
    r"(?:codigo|clave)\s(?:de\s)?(?:seguridad|verificacion|sms|confirmacion\sque\ste)|(?:security|"
    r"verification)\scode|"
    r"(?:codigo|clave|code)\s(?:\w+\s){0,1}?(?:que\s(?:te|le)\s(?:\w+\s){0,2}?(?:llego|llega|enviamos|"
    r"mandamos|enviaron|acaba)\w*"
    r"|(?:we|that\swe|you)\s(?:just\s)?(?:sent|texted|received|got)|from\sthe\s(?:text|sms)))"
)
_UNASKABLE_THING = re.compile(
    rf"\b(?:tu|tus|su|sus|el|la|los|las|your|ur|the|that|este|ese)\s(?:\w+\s){{0,2}}?{_UNASKABLE}\b"
)
_INSTEAD = re.compile(
    r"\b(?:que|para|si|al|con|en|tras|sin|sobre|cambi\w*|restabl\w*|restaur\w*|recuper\w*|actualiz\w*|"
    r"olvid\w*|reinici\w*|"
    r"reset\w*|chang\w*|updat\w*|forg\w*|recover\w*|enter\w*|if|to|for|whether|how|when|with|about|using|"
    r"on|in|via|by)\b"
)


NAMES_A_SECRET = re.compile(rf"\b{_UNASKABLE}\b")


def secrets(prose: str) -> Iterator[re.Match[str]]:
    """A password, a PIN, a card's or a message's code that the reply wants to be told."""
    for verbs in (_VERB_ES, _VERB_EN):
        for verb in verbs.finditer(prose):
            rest = prose[verb.end() : verb.end() + WINDOW]
            end = _ENDS.search(rest)
            reach = verb.end() + (end.start() if end else len(rest))
            thing = _UNASKABLE_THING.search(prose, verb.end(), reach)
            if not thing or _NEVER.search(prose[max(0, verb.start() - 40) : thing.start()]):
                continue
            if not _INSTEAD.search(prose[verb.end() : thing.start()]):
                yield thing
                return


WINDOW = 90  # characters between the asking and what is asked for


def asks(prose: str) -> Iterator[re.Match[str]]:
    """The thing asked for, wherever a verb of asking stands before it in the same sentence."""
    for verbs, objects, own, away in (
        (_VERB_ES, _OBJECT_ES, _OWN_ES, _AWAY_ES),
        (_VERB_EN, _OBJECT_EN, _OWN_EN, _AWAY_EN),
    ):
        for verb in verbs.finditer(prose):
            rest = prose[verb.end() : verb.end() + WINDOW]
            end = _ENDS.search(rest)
            reach = verb.end() + (end.start() if end else len(rest))
            if _NEVER.search(prose[max(0, verb.start() - 30) : verb.start()]):
                continue
            thing = objects.search(prose, verb.end(), reach)
            if not thing or not own.search(thing[0]) or _ELSEWHERE.match(prose, thing.end()):
                continue
            if not away.search(prose[verb.end() : thing.start()]):
                yield thing
                break
