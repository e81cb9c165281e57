"""Insults and threats, in Spanish and English: what may not go out."""

from __future__ import annotations

from collections.abc import Mapping

HARMS: Mapping[str, str] = {
    "insult": """
-ningun|ninguna|como|te|le|llamo|llamaron|llamado|llamo eres|es|sois|son|sos|usted_es|pareces|parece|que|
    menudo|vaya|puto|puta|pedazo_de|so [un|una|unos|unas] [usted|completo|completa|verdadero|autentico|
    total|maldito|pinche|pobre|gran] idiota|idiotas|imbecil|imbeciles|estupido|estupida|tonto|tonta|
    tontos|gilipollas|subnormal|retrasado|retrasada|cretino|cretina|inutil|ignorante|analfabeto|
    analfabeta|payaso|payasa|ridiculo_usted|pendejo|pendeja|boludo|boluda|pelotudo|pelotuda|huevon|
    huevona|weon|cojudo|cojuda|maleducado|maleducada|grosero|grosera|mentiroso|mentirosa|sinverguenza|
    caradura|jeta|loco|loca|histerica|histerico|patetico|patetica|naco|naca|cabron|cabrona|mamon|mamona|
    bruto|bruta|burro|burra|amargado|amargada|infeliz|malagradecido|malagradecida|desagradecido|
    desagradecida|perdedor|perdedora|basura|hijo_de|hija_de|gonorrea|malparido|aweonao|conchudo|conchuda
    !que_tengas|que_haya|que_hayas|que_esto|que_nos|de_nuestra|de_nuestro|por_nuestra|servicio|lo_que
idiota|idiotas|imbecil|imbeciles|gilipollas|subnormal|pendejo|pelotudo|pelotuda|pendeja|cojudo|malparido|
    hijo_de_puta|hdp|vete_a_la_mierda|a_la_mierda|que_te_den|que_os_den|que_te_jodan|jodete|chinga_tu|
    chinguen|andate_a_la|la_concha|vete_al_carajo|vete_al_diablo|vete_al_infierno|al_carajo|tu_puta|
    vayase_al_diablo|come_mierda|a_tomar_por_culo|culero|mamaguevo|callese_la_boca|callate_la_boca ~1
-not|call|called|calling|as|felt|feel you're|you_are|what|such|you|you_must_be|you_sound|you_seem|
    don't_be|stop_being [just|such|simply|clearly|really|being|are] [a|an|such|like] [complete|total|
    absolute|real|bit|pathetic|stupid|little|rude|of] idiot|idiots|moron|morons|stupid|dumb|imbecile|fool|
    fools|liar|loser|pathetic|clown|ignorant|jerk|asshole|arsehole|dick|bitch|crazy|insane|rude_person|
    nuts|delusional|hysterical|brat|ungrateful|cretin|dumbass|prick|cunt|clueless|illiterate|disgusting|
    scum|trash|a_joke|childish|immature|whiner|troll|psycho|nutcase|obnoxious
idiot|moron|imbecile|dumbass|dumb_ass|asshole|arsehole|jackass|fuck_you|fuck_off|screw_you|piss_off|
    go_to_hell|bugger_off|up_yours|stfu|gtfo|kiss_my|bite_me|son_of_a_bitch|eat_shit ~1
""",
    "threat": """
you'd_better|you_better|you_had_better|you_should_better|better ~1 delete|remove|retract|take_down|watch|
    stop|apologize|apologise|shut|think_twice|be_careful
sera_mejor|mas_te_vale|mas_le_vale|mejor|te_conviene|le_conviene ~1 borrar|borres|borre|retirar|retires|
    retire|eliminar|elimines|callar|calles|calle|rectificar|que_borres|que_borre|que_te_calles|
    cerrar_la_boca
nos|me|nosotros difamando|difamandonos|calumniando|calumniandonos|difamas|difamar|calumnias
difamandonos|calumniandonos|difamarnos|calumniarnos|insultandonos
-puedes|puede|podes|derecho_a|si|quieres|quiere|decides|decide emprenderemos|tomaremos|iniciaremos|
    interpondremos|ejerceremos|emprender|tomar|iniciar|ejercer|interponer|estudiamos|estudiaremos|
    valoramos|adoptaremos|presentaremos ~3 acciones|medidas|demanda|querella|accion|denuncia ~1 legales|
    judiciales|contra|legal|penales|penal|judicial|por_difamacion|por_injurias|por_calumnias|en_tu|en_su
-puedes|puede|podes|tu|su|tus|sus nuestro|nuestros|nuestra|nuestras|hablaran_con|llamaremos_a|pasaremos_a|
    departamento ~1 abogado|abogados|departamento_legal|departamento_juridico|equipo_legal|
    equipo_juridico|asesores_legales|asesoria_juridica|area_legal|area_juridica|legales|gabinete_juridico|
    bufete !para_ayudarte|lo_revisa|revisa|para_revisar|revisara_tu|para_darte|para_darle|confirm*|
    ha_confirmado|nos_ha|nos_dijo|nos_confirm*|te_ayud*|
    le_ayud*|ya_confirmo|ya_ha|aprob*|acept*|respond*|
    ya_esta_revisando|esta_revisando
te|le|os|los|les demandaremos|denunciaremos|denunciamos|vamos_a_demandar|vamos_a_denunciar|
    vamos_a_reportar|reportaremos|llevaremos_a|vamos_a_llevar_a|bloquearemos|bloqueamos|bloqueare|
    vamos_a_bloquear|banearemos|silenciaremos|vetaremos|expulsaremos|cancelaremos|daremos_de_baja|
    cerraremos|quitaremos|cortaremos|suspenderemos|haremos_responsable|pesara|costara_caro|va_a_pesar|
    va_a_costar|meteremos|vamos_a_meter|vamos_a_encontrar|encontraremos|va_a_salir_caro|saldra_caro
    !la_tarjeta|tu_tarjeta|su_tarjeta|la_cuenta|el_cargo|el_pedido|la_suscripcion|la_linea|tu_linea|
    el_servicio_como|la_penalizacion|el_cobro|la_comision|la_cuota|la_reserva|el_recibo|esa|ese|esta|este|
    los_cargos|cualquier|el_acceso_para|sin_coste|sin_costo|por_seguridad|a_la_solucion|a_una
demandaremos|demandarte|demandarle|denunciarte|denunciarle|bloquearte|bloquearle|bloquearlo|banearte|
    vetarte|silenciarte|expulsarte|llevarte_a_juicio|llevarlo_a_juicio|llevarte_a_los|llevarlo_a_los ~1
    !el_servicio|la_tarjeta|tu_tarjeta
nos_reservamos|me_reservo|reservandonos ~1 derecho|derechos ~2 accion*|medida*|denunci*|demand*|bloque*|
    legal*|tomar|emprender|ejercer|iniciar|a_no_atender*|cancelar|no_prestar*|admision
si|como|de sigues|sigue|continuas|continua|vuelves|vuelve|persistes|persiste|insistes|insiste|siguen|
    seguis|no_borras|no_borra|no_retiras|no_retira|no_rectificas|no_rectifica|no_eliminas|no_elimina|
    no_dejas|no_deja|vuelvas|vuelva|seguir|continuar ~4 bloque*|denunci*|demand*|cancel*|accion*|medidas|
    abogad*|consecuencias|baja|cerr*|suspend*|expuls*|report*|pierd*|ban*|veta*|no_te_atend*|no_le_atend*|
    no_atend*|dejaremos_de !con_el_error|con_la_incidencia|sin_funcionar|sin_servicio|fallando|cancelarse
borra|borre|elimina|elimine|retira|retire|quita|quite|rectifica|rectifique|borrar|retirar|borras|retiras|
    eliminas|borralo|eliminalo|retiralo|bajalo ~4 o|u|antes_de_que|si_no_quieres|si_no_quiere ~2 bloque*|
    denunci*|demand*|accion*|medidas|abogad*|consecuencias|tendr*|te_|le_|veras|vera|atente|tomaremos|
    iremos|cancel*|problemas|habra|actu*|nos_veremos|legal*
atente|atengase|ateneos|atenganse a_las_consecuencias|a_lo_que
ten|tenga|mucho|cuidado|cuidadito|ojo|ojito|mide|mida|piensa|piense ~1
    con|cuidado_con|cuidadito_con|ojo_con|bien ~1 lo_que_public*|lo_que_dic*|lo_que_escrib*|lo_que_dig*|
    tus_palabras|sus_palabras|tus_acusaciones|sus_acusaciones|lo_que_nos|las_acusaciones|hablar_mal|
    lo_que_habl*|difam*|acusar|publicar_mentiras !recibes|compartes|en_enlaces
te|se|os|lo vas|va|arrepentiras|arrepentira|vais|lamentaras|lamentara|acordaras|acordara [a] arrepentir*|
    lamentar*|enterar|acordar|de_esto|$|pagar|de_nosotros|por_esto
vas|va|vais|lo_vas|lo_va a_arrepentirte|a_arrepentirse|a_pagar_por_esto|a_pagarlo|a_lamentar*|a_enterarte|
    a_enterarse|a_tener_problemas|a_saber_quienes|a_acordarte|a_pagar_caro
sabemos|se|tenemos|conocemos|conozco ~1 donde_vives|donde_vive|quien_eres|quien_es|tu_direccion|
    su_direccion|tus_datos|sus_datos|donde_trabajas|donde_trabaja|tu_ip|su_ip|tu_domicilio|su_domicilio|
    donde_encontrarte|como_encontrarte !correctos|protegidos|actualizados|en_el_sistema|registrad*|pero|
    y_ya|completos|en_la|a_salvo|en_tu|y_te|y_vamos|de_contacto
eso|esto|tus|sus|tu|su|acusaciones|comentarios|publicacion|mensaje|palabras|lo_que ~4 es|son|constituye|
    constituyen|puede_constituir|podria_constituir|podria_ser|puede_ser|raya|incurre|incurres ~1
    difamacion|calumnia|calumnias|injurias|injuria|un_delito|delito|difamatorio|difamatorias|difamatorios|
    difamante|denunciable|denunciables|calumnioso|calumniosas|injurioso|constitutivo|constitutivas|ilegal|
    perseguible
difamacion|calumnias|difamar|calumniar|injurias ~2 es_delito|es_un_delito|tiene_consecuencias|
    tienen_consecuencias|se_paga|se_denuncia|esta_penado|es_denunciable|en_el_codigo|penad*
habra|tendras|tendra|tiene|tienes|traera|tendran consecuencias|represalias
lista_negra|ultima_advertencia|ultimo_aviso|queda_advertido|quedas_advertido|estas_advertido|
    esta_advertido|quedas_avisado|queda_avisado|nos_veremos_en|nos_vemos_en_los|
    nos_vemos_en_los_tribunales|nos_vemos_en_el_juzgado|ante_los_tribunales|ya_veras|ya_vera|
    te_vas_a_enterar|se_va_a_enterar|no_sabes_con_quien|no_sabe_con_quien|te_vas_a_arrepentir|
    se_va_a_arrepentir|aviso_a_navegantes ~1 !como_te_va|que_te|como_lo|que_todo|que_se|que_sale|que
o|u ~1 cancelaremos|cancelamos|bloquearemos|bloqueamos|te_bloqueamos|le_bloqueamos|daremos_de_baja|
    no_te_atenderemos|no_le_atenderemos|cerraremos|no_recibiras|no_recibira ~2 tu|su|cuenta|contrato|
    servicio|linea|ayuda|atencion|nada|$ !por_seguridad|si_lo_prefieres|si_lo_prefiere|si_quieres|reserva
-you|you'll|could|can|if|if_you|they we'll|we_will|we_shall|we_may|we_might|we_could|we'd|we_are|we're|
    i_will|i'll|i_can|we_can|will_be|going_to|forced_to|obliged_to|have_to|right_to|not_hesitate_to ~3
    legal_action|take_you_to_court|take_this_to_court|see_you_in_court|sue_you|suing_you|press_charges|
    prosecute|block_you|blocking_you|ban_you|banning_you|mute_you|report_you|reporting_you|
    close_your_account|cancel_your_account|terminate_your|terminate_your_account|suspend_your|blacklist|
    refuse_service|deny_service|involve_our_lawyers|involve_the_police|call_the_police|contact_the_police|
    hold_you_liable|hold_you_responsible|come_after|make_you_pay|stop_replying|stop_helping|
    stop_responding|stop_answering|cut_you_off !as_you|if_you_wish|as_requested|for_you|at_your|today_as
our [legal|own] lawyers|lawyer|attorneys|attorney|solicitors|legal_team|legal_department|counsel
    !is_reviewing|has_reviewed|reviewed|confirm*|has_confirmed|says|said|agree*|has_agreed|tells|told|advised|
    has_advised|approved|has_approved|answered|checked|has_checked|cleared|has_cleared|can_help|will_help
-you|you_can|want_to|right_to|wish_to|to face|facing|consider|considering|pursue|pursuing|risk|expect ~1
    legal_action|prosecution|lawsuit|legal_consequences|consequences|criminal_charges
if you ~1 continue|keep|don't_stop|persist|carry_on|don't_delete|don't_remove|do_not_delete|do_not_remove|
    do_not_stop|post_again|tweet_again|do_that_again|say_that_again|won't_delete ~5 block|blocked|ban|
    banned|legal*|sue|report|reported|lawyer*|terminate|terminated|suspend|suspended|close|closed|
    consequences|stop_helping|stop_replying|cancel|cancelled|won't_help|won't_be_able_to_help|police|muted
    !to_have|to_see|having|seeing|experiencing|to_experience
delete|remove|retract|take_down|withdraw ~4 or ~3 block*|ban*|legal*|sue|report*|lawyer*|suspend*|
    consequence*|else|face|court|cancel*|close|regret|action|hear_from
watch|mind|careful|be_careful|think|careful_with ~1 what_you_say|what_you_post|what_you_tweet|
    what_you_write|what_you're_saying|your_words|your_mouth|your_step|yourself|what_you_accuse|
    twice_before_posting|how_you_talk|how_you_speak !gap
you'll|you_will|you're_going_to|you_are_going_to|gonna|make_you [soon|really] regret|be_sorry|
    pay_for_this|hear_from_our_lawyers|be_hearing_from_our|wish_you_hadn't|wish_you_had_not|pay_for_that|
    get_what's_coming|see_what_happens
we_know|i_know|we_have ~1 where_you_live|who_you_are|your_address|where_you_work|your_ip !on_file|so|
    updated|and_will|listed|as|and_can|and_we
that|this|your|such|these|it ~3 is|are|constitutes|constitute|could_be|amounts_to|amount_to|borders_on|
    counts_as ~1 libel|defamation|slander|libelous|libellous|defamatory|slanderous|actionable|illegal|
    harassment|a_crime
libel|defamation|slander|defamatory ~2 is|has|can|may|against|laws|comments|statement*|tweet*|post*
see_you_in_court|final_warning|last_warning|you_have_been_warned|you've_been_warned|
    consider_this_a_warning|consider_yourself_warned|consider_yourself_blocked|you_will_be_blocked|
    you'll_be_blocked|you_will_be_banned|you'll_be_banned|you_will_be_sued|you_don't_know_who_you're|
    there_will_be_consequences|will_have_consequences|do_not_mess|don't_mess_with ~1
""",
}
