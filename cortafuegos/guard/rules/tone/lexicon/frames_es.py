"""Spanish told by the shape of the clause: who did it, what is left undone, how small it is made.

The lists beside this file hold set phrases; here stand classes of verbs in a frame, so that a wording
nobody has written yet is found as well.
"""

from __future__ import annotations

from collections.abc import Mapping

# Folded endings. A past third person ("aviso", "avisaron"), a second person that might have ("leyeras").
_DUTY = (
    r"(?:avis|inform|paso|pasaron|actualiz|cumpl|registr|tramit|contest|respond|hizo|hicieron|enter|revis|"
    r"miro|miraron|ley[oe]|"
    r"sigui|supo|supieron|quis|anot|explic|coment|dijo|dijeron|presto|prestaron|atend|apunt|carg|proces|"
    r"fij|entreg|mand|envi|"
    r"confirm|comprob|cerr|guard|marc|escane|enganch)"
)
_NOT_DONE = (
    rf"/\s+no\s+(?:(?:se|te|le|les|nos|lo|la|los|las|os)\s+){{0,2}}{_DUTY}\w*(?:o|aron|ieron|eron|ado|ido)\b/"
)
_MIGHT = (
    r"/\s+(?!(?:quisier|pudier|tuvier|necesitar|prefirier|hubiera\s+(?:un|una|algun))\w*)"
    r"\w{2,}(?:ar|ier|yer|jer)as?\b/"
)
_WOULD = r"/[^.!?\n]{1,70}?\s(?:no|ya|ahora)\s+(?:(?:te|le|lo|se|nos)\s+){0,2}\w{2,}r[ií]a[sn]?\b/"
_ABUSE = r"/\s+(?:insult|grit|amenaz|molest|difam|llor|acos|faltando|quej|hablando\s+as)\w*/"
_FEELS = "quej*|molest*|enoj*|enfad*|alter*|sorprend*|extran*|indign*|reclam*"
_SHRUNK = (
    r"/\s+(?:(?:un|una|unos|unas|solo|apenas)\s+){0,2}(?:cort|retras|fall|rat|moment|minut|hor|di|pes|cos|"
    r"detall|errorc|demor|"
    r"dem[oa]|molesti|contratiemp|despist|cenit|centav|eur|esper|problem|tem|line|ruid|golp|rasp|ray|"
    r"manch)(?:ec|c)?(?:it|ill)[oa]s?\b"
    r"(?!\s+(?:y|te|le)\b)/"
)

MINIMISES: Mapping[str, str] = {
    "little": rf"""
-en|danos|denos|dame|deme|espera|espere|dentro|falta|hace fue|fueron|era|eran|ha_sido|han_sido {_SHRUNK}
nada|cosa del_otro mundo|jueves|viernes
nadie se|ha|va_a|te|se_va_a ~1 arruin*|muer*|muri*|morir*|hund*|empobrec*
por ~3 <money>|<time> [de] [nada] ~1 nadie|tampoco
ni_que|no_es_como_que|no_es_como_si|tampoco_es_como fuera*|fuese*|hubier*|hubies*|estuvier*|te|le|se|os|
    perdier*|costara*
al_final|al_fin_y_al_cabo|al_menos [si|ya|pues] llego|llegaste|lo_recibiste|salio|te_atendieron|funciono
    /[^.!?\n]{{0,30}},\s*¿(?:no|verdad)\b/
tampoco|ni ~5 el_mundo|el_cielo|la_vida|el_suelo !entero|de
otros|otras|muchos|hay_quien|hay_quienes|hay_gente_que|peor ~1 estan|esta|lo_tienen|lo_pasan|lo_tiene ~1
    peor|otros|otras|muchos
sobreviv* ~1 $|a|sin|un|una
estas|andas|esta|anda|te_pones|se_pone ~1 exager*|dramatiz*|haciendo_un_drama|haciendo_drama|
    ahogando_en_un_vaso
lo_importante_es que ya llego*|tienes|tiene|lo_recib*
tampoco_es_para|no_es_como_para|no_era_para|no_es_para ponerse|ponerte|tanto|tomarlo|tomarselo|hacer|
    armar|dramat*|alarm*
""",
    "normal": """
cosas|cosillas|cositas|temas|detalles que ~2 pasan|ocurren|suceden|suelen|pueden_pasar !no|y_no
le_pasa|nos_pasa|le_ocurre|les_pasa|pasa|ocurre|sucede a|en ~1 todas_las|todos_los|cualquier|cualquiera|
    las_mejores|los_mejores ~1
    companias|companeros|empresas|bancos|aerolineas|tiendas|familias|restaurantes|apps|operadores|$
""",
}

BLAMES: Mapping[str, str] = {
    "customer": rf"""
si [<you_only>|nos|lo|la|los|las|te|se] {_MIGHT} {_WOULD}
^ de [no] haber|haberlo|haberla|haberse|haberte|
    haberle /\s+(?!sabido)\w+[ai]do\b[^.!?\n]{{1,60}}?\s\w+r[ií]a[sn]?\b/
habras|habra|habran|habreis [<you_only>]
    /\s+(?:met|pues|escrit|teclead|introducid|marcad|hech|dad|copiad|elegid|confundid|equivocad|olvidad|
    perdid|borrad|activad|desactivad)\w*/
    !nuestr*|el_sistema
quiza|quizas|tal_vez|a_lo_mejor|igual|seguramente|probablemente|capaz|capaz_que|posiblemente|seguro_que
    [es_que] [<you_only>] no [lo|la|te|se|los|las] has|ha|habeis|hiciste|pusiste|leiste|seguiste|
    configuraste|instalaste|conectaste|revisaste|miraste ~2 bien|correctamente|como|con_atencion|
    las_instrucciones|los_pasos
eso|esto [te|le|os] pasa|ocurre|sucede|viene|es
    /\s+por\s+(?:no\s+)?(?!pagar\s+de\smas)\w+(?:ar|er|ir)(?:te|se|lo|la|los|las)?\b/
si_el|si_la|cuando_el|cuando_la|si_un cliente|clienta|usuario|usuaria|pasajero|pasajera|destinatario|
    comprador|titular no /[^.!?\n]{{0,60}}?\s(?:no\s+(?:podemos|es|somos|nos|hay)|nosotros|que\s+culpa|
    que\s+quiere)\b/
no_es_culpa_nuestra|nosotros_que_culpa|que_culpa|que_culpa_tenemos ~1 si|que|cuando|de_que|tenemos ~3
    no|tu|usted|te|se|de
te|le|os advert*|avisamos|dijimos ~2 que|de_que|claramente|y_no|y_aun_asi
te|le|os advert*|avisamos|dijimos ~2 antes !de|del
deb* /\s+(?:haber\s+)?(?:tener|tenido|ser|sido)\s+mas\s+(?:cuidado|cuidados|atent|responsabl|precavid|
    previsor)\w*/
""",
    "doubts": """
no creo|creemos|pienso|pensamos|me_parece|nos_parece|me_cabe ~1 que ~1 <colleague>|<unit>|usted|eso|esto|
    nadie|nuestr* ~5 haya|hayan|hubiera|hubieran|fuera|fueran|pueda|puedan|tratara|trataran
^ [pero|y] seguro|segura|seguros que|de_que ~3 [no]
    /\\s+(?:no\\s+)?(?:(?:lo|la|te|se|le|nos|los|las)\\s+){0,2}(?:has|ha|hab\\w+|fue|era|era[ns]?|estab\\w+|
    \\w{2,}(?:aste|iste|asteis|steis|io|aron|ieron))\\b/
que_casualidad|que_curioso|que_raro|curiosamente|casualmente [que|,] ~3 no|solo|siempre|justo|a_ti|a_usted
cuesta|costaba me|nos creer|imaginar|pensar
""",
    "colleagues": rf"""
-si|que|por|cuando [mi|nuestro|nuestra|el|la|los|las] <colleague> ~4 {_NOT_DONE}
-si|que|por|cuando <unit> ~3 {_NOT_DONE}
-no|nunca|si|tampoco es|era|fue|son|ya_es|seria|eso_es|esto_es [un|una|la|el]
    responsabilidad|culpa|cosa|tema|asunto|competencia|obligacion|problema|error|fallo|lio
    de|del|de_la|de_los|de_las <outsider> !que_ya|y_lo|y_nos
los|las|la_gente|la_persona|el|la /\s+(?:de|del)\s+\w+(?:\s+\w+)?\s+(?:se\s+(?:equivoc|confund|olvid|
    despist|li)|la\s+(?:peg|cag|reg|pifi|embarr|li)|met\w+\s+la\s+pata)\w*/
el|la|los|las|ese|esa ~2 que|quien ~1 la
    /\s+(?:pifi|cag|reg|embarr|li)(?:o|aron)\b/
no_somos|nosotros_no_somos|yo_no_soy ~1 quienes|los_que|quien|el_que|la_que ~2
    llev*|decid*|entreg*|cobr*|gestion*|repart*|hac*|fabric*
""",
}

ARGUES: Mapping[str, str] = {
    "contradicts": rf"""
no se|sabemos|entiendo|entendemos|comprendo|comprendemos|veo|vemos [muy|bien] de_que|por_que|a_que|
    el_motivo_por_el_que|que_es_lo_que ~1 te|se|le|os|lo ~1 {_FEELS}
no_se|no_sabemos|ya_no_se|ya_no_sabemos|no_entiendo|no_entendemos que ~2
    quiere|quieres|queres|esperas|espera|pretende|pretendes|busca|buscas ~1 $|de|que|con|conseguir|lograr
^ no no [y] no|es
aprende|aprenda|aprended|aprendan a ~1 leer|escribir|escuchar|usar|hablar|comport*|respetar|buscar|contar|
    esperar
^ punto|y_punto $
como ya se te|le|les|lo ~1 dijo|ha_dicho|informo|ha_informado|explico|ha_explicado|indico|ha_indicado|
    comento|aclaro|menciono|notifico
ya se te|le|les|lo ~2 dijo|ha_dicho|informo|ha_informado|explico|ha_explicado|indico|ha_indicado|aclaro
    !por_dm|por_privado|por_interno|por_correo
esta|estas|estais claro|clarisimo que no|usted|tu ~2 quiere|quieres|entiende|entiendes|sabe|sabes
tenemos|tengo ~1 razon !para|de_ser|en_que|social
""",
    "dismisses": """
que /\\s+(?:mas\\s+)?(?:le|te)?\\s*(?:quieres|quiere|queres|esperas|espera|pretende\\w*)\\s+que\\s+(?:(?:yo|
    nosotros|le|te|lo)\\s+){0,2}(?:hag|dig|d[ae]|ofre|pid)\\w*/
con_la|a_la|con_nuestra|a_nuestra competencia ~1 $|si|que|entonces|y|a_ver
""",
    "threat": rf"""
sigue|siga|segui|sigan|continua|continue {_ABUSE} /[^.!?\n]{{0,40}}?\s(?:y|que)\s+(?:te|le|lo|la|
    los)\s+(?:vamos\s+a\s+)?(?:bloque|cerr|cancel|denunc|demand|report|suspend|ban|dar\s+de\s+baja|
    damos\s+de\s+baja|colg|cuelg|cort)\w*/
""",
    "sarcasm": rf"""
sigue|siga|segui {_ABUSE}
no podemos|sabemos|puedo|se hacer_magia|hacer_milagros|leer_la_mente|adivinar
cuanto|menudo|otro|otra|vaya ~1 experto|experta|genio|erudito|sabio|maestro|ingeniero|abogado|entendido
    /\s+(?:en|de|por|aqui|que|$)|\s*[^\w\s]/
el_unico|la_unica cliente|clienta|persona ~1 del_mundo|en_el_mundo|del_planeta|que_existe
""",
}

HOLLOW: Mapping[str, str] = {
    "shifted": """
<regrets> ~2 la|las|el sensacion|sensaciones|impresion|percepcion|opinion|imagen que|con_la_que|de_que
""",
    "conditional": r"""
^ si|en_caso_de_que|por_si algo|alguien|alguno|alguna|alguna_persona|en_algun|te|le|os|les|hubo|ha_habido|
    hemos|nuestr*|fuimos|se_ha|se_te|se_le|de_alguna ~7
    /[,;]\s+(?:te\s|le\s|os\s|les\s)?(?:ped\w+|ofrec\w+|mil|lo|una|nuestr\w+|muchas)?\s*(?:perdon\w*|
    disculp\w*|sentimos|siento|lamentamos|lamento)/
""",
    "supposed": r"""
<regrets> ~4 /\s+(?:cualquier|posibles?|eventual(?:es)?|potenciales)\s+(?:posible\s|eventual\s)?(?:molestia|
    inconvenien|perjuicio|trastorno|contratiempo|malestar|incomodidad|confusion|malentendido|afectacion)\w*/
""",
    "but": r"""
<regrets> /[^.!?\n]{0,60}?[\s,;](?:pero|sin\s+embargo|no\s+obstante|aunque|ahora\s+bien|
    eso\s+si),?\s+[^.!?\n]{0,40}?\b(?:(?:es|era|fue|esta|estaba|son)\s+(?:el\s+|la\s+|lo\s+)?(?:correct|
    contratad|pactad|estipulad|reglamentari|politica|norma)\w*|segun\s+(?:el|la|los|las|
    nuestr\w+)\s+(?:contrato|protocolo|politica|norma|terminos|condiciones|reglamento)\w*|(?:hicimos|
    hemos\s+hecho|se\s+hizo)\s+(?:todo|lo\s+correcto)|cumplimos|hemos\s+cumplido|(?:nuestra|la)\s+politica|
    (?:asi|eso)\s+(?:lo\s+)?(?:marca|dice|establece)\w*|debe\s+(?:entender|comprender)|debes\s+(?:entender|
    comprender))/
""",
}
