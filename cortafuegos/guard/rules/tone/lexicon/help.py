"""Offers of help, and the courtesies that may stand before regret."""

from __future__ import annotations

from collections.abc import Mapping

# Anything that moves the case: an offer, a question after the facts, a step taken or announced.
HELP: Mapping[str, str] = {
    "offered": """
-pena|mucha|disculpa contigo|con_usted|con_vos
-no|nunca ayud* !memoria
-no echar*|echamos|echarte|echarle ~2 mano|vistazo|ojo
-no podemos|podremos|puedo|podria|podriamos|podamos|pueda ~2 hacer|hac*|ayud*|apoy*|ofrec*|orient*|
    asesor*|revis*|resolv*|solucion*|atend*|ayudo|darte|darle|servir*|contactar*|acompan*
apoy*|asesorar*|asesoramos|orientar*|orientamos|asistir*|asistencia|acompanar*|acompanamos
-no solucion* !definitiva
-no resolv*|resuelv*|remedi*|subsan*|corregi*|corrij*|arreg*|repar*|restabl*|rectific*
revis*|investig*|averigu*|analiz*|indag*|comprob*|comprueb*|rastre*|monitore*|valid*|verific*|verifiqu*|
    chequ*|aclar*|consult*
miramos|mirarlo|mirar|miraremos|veremos|vemos_que|ver_que|verlo|vamos_a ~3
gestion*|tramit*|escal*|agiliz*|prioriz*|reclam*_por_ti|hacemos_seguimiento|seguimiento|seguir_tu|
    seguir_su|coordin*
encarg*|ocup*|ocuparnos|nos_ponemos|ponernos|ponemos_en_ello|nos_hacemos_cargo|hacernos_cargo|pendientes|
    al_pendiente|atentos|a_la_orden|a_tus_ordenes|a_sus_ordenes|a_tu_disposicion|a_su_disposicion|
    disposicion|a_tu_lado|a_su_lado
atender* ~2 tu|su|esto|lo|caso|personal*|mejor|de
atenderte|atenderle|atenderlo|atenderla|atenderos|atendemos|servirte|servirle
trabajamos|trabajando|trabajaremos|trabajo|trabajan|trabajar !para_mejorar|por_mejorar|en_mejorar|
    para_seguir|para_dar*|para_ofrecer*|para_brindar*|para_que_no|cada_dia|dia_a_dia|dia_tras_dia|
    a_diario|constantemente|siempre|continuamente
estamos|seguimos|quedamos|estoy|quedo|sigo !trabajando ~2 revisando|mirando|viendo|aqui|pendientes|
    atentos|contigo|para|buscando|en_ello|con_ello|encima|poniendo|haciendo|tratando|intentando|dandole|
    a_la_espera
envi*|mand* ~3 nuev*|reemplazo|repuesto|tecnico|otro|otra|tu|su|hoy|manana|un|una
envianos|enviarnos|envienos|envienos|mandanos|mandenos|enviame|envieme|mandame|pasanos|pasenos|pasame|
    paseme|facilitanos|facilitenos|indicanos|indiquenos|indicame|indiqueme|dinos|diganos|dime|digame|
    cuentanos|cuentenos|cuentame|cuenteme|contanos|contame|decinos|decime|escribenos|escribanos|
    escribinos|escribeme|escribame|escribime|mandanos|compartenos|compartanos|compartinos|comparte|
    comparta|confirmanos|confirmenos|confirmame|proporcionanos|proporcionenos|explicanos|expliquenos|
    avisanos|avisenos|avisame|aviseme|contactanos|contactenos|comunicate|comuniquese|llamanos|llamenos|
    haznos|hazme|haganos|dejanos|dejenos|enviad*|contadnos|decidnos|escribidnos|ayudanos|ayudenos|
    brindanos|brindenos|cedenos|regalanos|regalenos|danos|denos|aclaranos|detallanos|permitenos|
    permitanos|permiteme|permitame|dejame|dejeme|conversemos|hablemos|platiquemos|charlemos|acompananos|
    siguenos|siganos|reenvianos|muestranos|remitenos|hacenos|hacelo_saber|enviamelo|esperamos_tu_mensaje|
    esperamos_tus
envia|envie|enviar|manda|mande|mandar|escribe|escriba|escribi|facilita|facilite|indica|indique ~4 dm|md|
    privado|directo|inbox|datos|numero|correo|interno|mensaje|whatsapp
por|via|en dm|md|privado|mensaje_directo|mensaje_privado|interno|inbox|mp
te|le|os|les llam*|contact*|escrib*|avis*|confirm*|inform*|devolv*|devuelv*|reembols*|abon*|cambi*|
    reenvi*|envi*|mand*|respond*|dar*|damos|daremos|explic*|cont*|gui*|tendremos|mantendremos|mantenemos|
    decimos|diremos|busc*|compart*|pedimos|solicit*|asign*|activ*|repon*|reprogram*|prepar*|acerc*|
    localiz*|entreg*|llev*|conect*|pas*|indic*|devolvemos|atend*|atiend*|invitamos|recomend*|suger*|
    sugier*|propon*|dej*|pon*
te|le|os|les ofrec* !disculp*|una_disculpa|nuestras|mil|nuestras_disculpas|las|sinceras|perdon|un_perdon
nos|me gustaria|encantaria|ponemos|contact*|comunic*|encarg*|pondremos|hacemos|comprometemos|cuentas|
    cuenta|contas|dices|dice|decis|escribes|escribe|indicas|indica|pasas|pasa|confirmas|confirma|
    compartes|comparte|envias|envia|mandas|ayudas|ayuda|puedes|puede|podrias|podria|podes|das|permites|
    aseguramos
queremos|quiero|quisieramos|deseamos ~3 arregl*|resolv*|entend*|saber|conocer|hacer|compens*|escuch*|ver|
    que_lo|poner*|acercar*|recuper*|dar*|remedi*|oir*|hablar|mejor*
hemos|estamos|ya|he|estoy ~2 abiert*|reiniciad*|anulad*|cancelad*|corregid*|pedido|avisad*|trasladad*|
    pasad*|escalad*|reportad*|derivad*|solicitad*|enviad*|levantad*|creado|generad*|localizad*|encontrad*|
    comunicad*|informad*|activad*|devuelto|devolviendo|reembolsad*|restablecid*|programad*|reprogramad*|
    asignad*|preparad*|reservad*|hablado|localizando|enviando|tramitando|corrigiendo|anulando|reponiendo
traslad*|deriv*|pas*|eleva*|reporta*|remit* ~3 caso|incidencia|reporte|reclamo|reclamacion|queja|equipo|
    area|responsable*|departamento|tecnic*|compañer*|companer*
puedes|puede|podes|podeis|pueden ~2 enviar*|mandar*|escribir*|contactar*|llamar*|decir*|indicar*|pasar*|
    acceder|hacer*|solicitar*|reclamar*|revisar*|consultar*|probar*|intentar*|ver*|compartir*|pedir*|
    elegir|cambiar*|seguir|descargar*|reprogramar*|actualizar*|reiniciar*|acercar*|acudir
prueba|pruebe|proba|intenta|intente|reinicia|reinicie|actualiza|actualice|descarga|ingresa|ingrese|entra|
    accede|acceda|marca|marque|llama|llame|acude|acuda|acercate|acerquese|solicita|solicite|desinstala|
    rellena|completa|complete|sigue|siga|visita|visite|pulsa|conecta|verifica|pide|pida|usa|utiliza|
    utilice|contacta|contacte|comunica
solucion|alternativa|opcion|opciones|reemplazo|restablecer*|recuperar*|cambio_gratuito
tecnicos|equipo|equipos|companeros|especialistas|ingenieros|brigadas|cuadrillas ~3 revis*|estan|esta|mir*|
    investig*|de_camino|en_camino|contact*|llam*|se_pondr*|ya
contar ~2 con_nosotros|cuentas_con_nosotros|aqui_estamos|aqui_estoy|estamos_aqui|estamos_para
ajudar|ajudamos|ajudar-te|ajuda-lo|verificar|resolver|conosco|nos_envie|nos_mande|mensagem
-not|can't|cannot|couldn't|can_not|won't help|assist|assistance|helping|assisting|support_you
-not|can't|cannot|won't look|looking ~2 into|this|at|closer|for_you
-not|can't|cannot|won't|nothing fix|fixed|fixing|resolve|resolved|resolving|sort|sorted|sorting|solve|
    rectify|correct|repair|restore|restoring|restored|mend|investigate|investigating|investigated|check|
    checking|checked|chase|chasing|track|tracking|trace|review|reviewing|address|escalate|escalated|
    escalating|expedite|replace|replacing|replacement|reship|refund|refunding|refunded|reimburse|rebook|
    rebooked|reset|reissue|arrange|arranged|arranging|follow_up|following_up|monitor|monitoring|
    prioritise|prioritize|process
make|making|made|put|set|get|turn|see ~3 right|happen|what_we|what_i|what's|what_happened|to_the_bottom|
    moving|sure|this_around|back_to_you
have|get|be|getting ~1 you|with_you ~3 moving|your_way|air|terminal|gate|board|soon|possible|shortly|home|
    deplaned|right|as_soon
we|i|we'll|i'll|we'd|we've|i've|i'd|let's|team ~3 look|find|send|call|contact|reach|
    working|talk|ask|asked|reported|raised|opened|passed|forwarded|sent|rebook|keep|update|contacted|
    provide|offer|connect|love_to|like_to|need|speak|pass|share|report|forward|
    notify|notified|spoke|walk|guide|explore|cancelled|reversed|removed|refunded|replaced|arranged|
    ordered
dm|pm|message|email|call|contact|text|ring|inbox|whatsapp|tweet us|me|our|your|through|via|the|here
direct_message|private_message|via_dm|by_dm|in_dm|via_pm|over_dm|dm|dms|pm
send|share|give|tell|provide|let|drop|shoot|show|keep|pop|fill|follow|meet|join|reply|ping|hit
    us|me|a|your|over|the|this|out|it|through|up
reach|get|be|come|stay|keep ~1 out|in_touch|back_to|posted|in_contact|right_with_you|on_it
please ~1 try|visit|check|see|use|go|call|contact|email|log|restart|reinstall|update|speak|ask|reach|
    click|follow|fill|head|stop|bring|talk|provide|confirm|advise|submit|allow|bear|keep|note|refer|wait|
    send|stay|download|dial|write|file|complete
try|restart|reinstall|reboot|update|visit|submit|file|complete ~1 again|restarting|this|it|the|your|our|a|
    these|updating|reinstalling|clearing|logging|turning|resetting|signing
you_can|you_could|you_may|you_might|you'll|you_will|you're_able|you_should_now|you_have_the_option|
    feel_free|here_for_you|at_your_service|on_it|on_the_case|working_on|working_hard|work_on|work_with|
    hard_at_work|happy_to|glad_to|love_to|like_to|would_like|here_to|can_we|may_we|can_i|could_we|how_can|
    what_can|alternative|option|options|solution|workaround
team|crews|engineers|technicians|techs|specialists|agents|colleagues|crew ~3 working|looking|way|
    investigating|contact|reach|call|help|on_it|assist|take_care|doing
want|hope to ~2 make|help|learn|know|understand|hear|fix|win|turn|find
""",
    # Sending on what the person thinks is a courtesy, not help.
    "kept": """
tom*|ten* ~3 nota|en_cuenta|en_consideracion
""",
}

# What may stand before regret without being "something else": we have seen and understood.
EMPATHY: Mapping[str, str] = {
    "empathy": """
-no|si|cuando entendemos|entiendo|comprendemos|comprendo|entendimos|te_entendemos|le_entendemos|
    te_comprendemos|le_comprendemos|imagino|imaginamos|nos_imaginamos|nos_hacemos_cargo|nos_ponemos_en|
    vemos_que|sabemos|somos_conscientes|se_que|sabemos_lo|reconocemos|reconozco|normal_que_estes|
    es_normal_que_estes|tienes_toda|tienes_razon|tiene_toda|tiene_razon|tenes_razon|tenes_toda|
    llevas_razon|lleva_razon|con_razon|te_escuchamos|le_escuchamos|te_leemos|le_leemos|asumimos|asumo|
    admitimos
we|i|we_do|i_do|we_totally|i_totally|we_completely|i_completely|we_can|i_can|we_truly|we_fully|we_really|
    i_really understand|hear|get_it|imagine|appreciate_how|know_how|realise|realize|see_why|see_how|
    recognise|recognize|know|see
you're|you_are ~2 right
that|this must ~1 be|have
""",
    "thanks": """
gracias|agradecemos|agradezco|te_agradecemos|le_agradecemos|muchas_gracias|mil_gracias|obrigado|obrigada|
    agradecidos
thanks|thank|thx|ty|appreciate|we_appreciate|i_appreciate|many_thanks|cheers
recibimos|hemos_recibido|hemos_leido|hemos_visto|leimos|leemos|acabamos_de|vimos|recibido
we've|we_have|i've|we seen|read|received|noticed|saw
""",
}
