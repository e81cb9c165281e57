"""Quarrelling with the customer: contradiction and dismissal, in Spanish; sarcasm."""

from __future__ import annotations

from collections.abc import Mapping

ARGUES: Mapping[str, str] = {
    "contradicts": """
no|ni nos|me|le ~0 hables|hable|hablen|hableis|grites|grite|gritan|insultes|insulte|trates|trate|amenaces|
    amenace|faltes|falte !llamado|de_usted
te|se|le|os recomendamos|aconsejamos|sugerimos|pedimos|rogamos|exigimos ~1 no_seguir|no_volver|dejar_de|
    que_dejes|que_deje|que_pares|moderar|que_moderes|que_modere|cuidar|que_cuides|que_cuide|no_difam*|
    no_insult* ~2 difam*|insult*|quej*|molest*|ment*|acus*|calumn*|public*|lenguaje|tono|palabras|
    vocabulario|hablar|critic*|esas|ese
-no|si|aun|me|nos|hemos|he [te|se|usted_se|tu_te] te_equivocas|se_equivoca|os_equivocais|se_equivocan|
    estas_equivocado|estas_equivocada|esta_equivocado|esta_equivocada|estan_equivocados|
    estais_equivocados|andas_equivocado|esta_muy_equivocado|esta_usted_equivocado|esta_usted_equivocada|
    estas_muy_equivocado|estas_muy_equivocada|te_equivocas_de|se_equivoca_usted
    !con|al|de_correo|de_numero
eso|esto|lo_que|nada_de|afirmacion|su_afirmacion|tu_afirmacion|informacion ~5 no_es_cierto|no_es_verdad|
    no_es_asi|es_falso|es_mentira|es_totalmente_falso|es_completamente_falso|es_rotundamente_falso|
    no_es_correcto|es_incorrecto|no_es_exacto|no_es_la_verdad|no_fue_asi|no_fue_lo_que|no_es_lo_que_paso|
    no_tiene_fundamento|carece_de_fundamento|no_se_ajusta|no_corresponde_a_la|no_se_corresponde|
    faltas_a_la_verdad|falta_a_la_verdad|no_responde_a_la_verdad|no_tiene_sentido|es_absurdo|es_ridiculo|
    es_una_tonteria|no_es_real
-si|es|que|lo|la|por_si|sea|o no_es_cierto|no_es_verdad|no_es_asi|es_falso|es_mentira|falso|mentira|
    incorrecto|faltas_a_la_verdad|falta_usted_a_la_verdad|falta_a_la_verdad|rotundamente_falso|
    totalmente_falso|completamente_falso $|que|lo_que|, !tengas|tenga|tengan|debas|deba|haya_que|vayas_a|
    vaya_a|pierdas|pierda
no|ni [te|le|os|usted] [lleva|llevas|tiene|tienes|tenes|teneis|asiste|damos|doy|puedo_dar|podemos_dar|das|
    estas_en|esta_en] lo_cierto|razon|la_razon|ninguna_razon|toda_la_razon $|en|al|para|ni|y|
    para_quejarte|para_quejarse|para_enfadarte|para
no|tampoco estamos|estoy|podemos_estar ~1 de_acuerdo|conformes !en_que_esto|con_que_hayas|con_el_trato|
    con_lo_que_paso|con_que_esto
discrepamos|discrepo|disentimos|te_contradices|se_contradice|nos_difamas|nos_difama|desmentimos|
    rechazamos|negamos ~1
^ al|muy contrario|contrario_a
como|tal_como|tal_y_como|segun|lo_que ya [te|le|os|se_lo|te_lo|les|lo] ~1 dije|dijimos|dicho|explique|
    explicamos|explicado|indique|indicamos|indicado|comente|comentamos|comentado|informe|informamos|
    informado|repetimos|repetido|mencionamos|mencionado|respondimos|respondido|senalamos|senalado|
    advertimos|advertido|aclaramos|aclarado !por_dm|por_md|por_privado|por_mensaje|en_privado|por_interno|
    por_inbox
ya te|le|os|se_lo|te_lo|les|lo ~2 dije|dijimos|dicho|explique|explicamos|explicado|indicamos|indicado|
    comentamos|comentado|repetimos|repetido|respondimos|respondido|contestamos|contestado|advertimos|
    advertido|aclaramos|aclarado|avisamos !por_dm|por_md|por_privado|en_privado|por_interno|la_incidencia|
    tu_caso|el_caso|por_inbox|por_mensaje|tu_dm|tu_mensaje|el_dm|via|el_mensaje|por_directo|tu_correo|
    a_tu|a_su
te|le|os lo|la repito|repetimos|vuelvo_a_repetir|volvemos_a_repetir|volvemos_a_decir|vuelvo_a_decir|
    he_dicho_ya|hemos_dicho_ya|tengo_que_repetir|tenemos_que_repetir|explicamos_otra_vez|explico_otra_vez
repito|repetimos|insisto|insistimos|reiteramos|reitero|por_enesima_vez|por_ultima_vez|cuantas_veces
    !nuestras_disculpas|las_disculpas|disculpas|las_gracias|nuestro_compromiso|que_estamos|que_puedes|
    nuestra_disposicion|que_lo_sentimos|que_lo_lamentamos|el_mensaje|la_invitacion|nuestro_interes|
    estamos|la_importancia|gracias|el_reporte|nuestra|con|al|a
no vamos|voy|pensamos|pienso|queremos|quiero|tenemos_por_que|merece_la_pena|vale_la_pena|vamos_a_seguir ~1
    a_discutir|a_entrar|discutir|entrar_en|a_debatir|debatir|a_seguir_discutiendo|a_pelear|a_tolerar|
    a_permitir|a_aceptar|tolerar|permitir|aguantar|a_aguantar|aceptar|discutiendo|a_perder|
    perder_el_tiempo|a_hacer_nada|a_responder_a|a_contestar_a|a_repetir*|repetir*|a_explicar*
no|ni toleramos|tolero|permitimos|aguantamos|aceptamos|aceptaremos|toleraremos|permitiremos|consentimos|
    consentiremos|admitimos ~2 insultos|acusaciones|criticas|mentiras|faltas|ese_tono|este_tono|tu_tono|
    su_tono|que_nos|que_se|que_nadie|lecciones|amenazas|ese_lenguaje|su_lenguaje|tu_lenguaje|este_tipo|
    groserias|que_hables|que_hable|calumnias|difamaciones
condiciones|normas|reglas|terminos|bases|politica|politicas ~1 son|estan|es|esta ~2 claras|claros|
    clarisimas|clarisimos|clara|clarisima|las_que_son|los_que_son|para_todos|bien_claras|bien_claro|
    para_cumplirlas|iguales
-solo|vaya|cada|cual eso|esa|esas|esto [es|sera|son] [solo|lo_que]
    [tu|su|una|lo_que_tu|lo_que_usted|simple] [opinion|version|percepcion|punto_de_vista|problema_tuyo|
    problema_suyo|opiniones|dices|dice|cree|crees|piensas|piensa] tu_opinion|su_opinion|opinion_tuya|
    lo_que_tu_dices|lo_que_usted_dice|lo_que_tu_crees|lo_que_usted_cree|lo_que_dices_tu|lo_que_dice_usted|
    tu_version|su_version|tu_percepcion|su_percepcion|problema_tuyo|problema_suyo|asunto_tuyo|asunto_suyo
no_es|no_era|no_fue ~1 justo|correcto|razonable|de_recibo|serio ~1 que ~1 nos|digas|diga|acuses|acuse|
    generalices|generalice|culpes|culpe|hables|hable|critiques|critique|publiques|publique|critic*
no digas|diga|mientas|mienta|inventes|invente|tergiverses|tergiverse|acuses|acuse|difames|difame|insultes|
    insulte|grites|grite|molestes|moleste|insistas|insista|hables_sin|hable_sin|opines_sin|opine_sin|
    generalices|generalice|faltes|falte|manipules|manipule|confundas|confunda|seas_mal*|seas_grosero|
    sea_grosero|sea_mal*|nos_culpes|nos_culpe|nos_acuses|nos_acuse|nos_hagas_perder|nos_haga_perder|
    nos_insultes|nos_insulte|nos_vengas|nos_venga|vengas_con|venga_con !dudes|el_boton|tus_datos|la_clave
deja|deje|dejad|dejate|dejese|dejen|para|pare|basta ya|de [de|ya] [quej*|mentir|insultar|inventar*|gritar|
    acusar|molestar|difamar|exagerar|lloriquear|llorar|protestar|criticar|hacer_el|hacer_perder|tonterias|
    excusas|decir_tonterias|dramas|cuentos|insultos|victimizarte|hacerte_la_victima|escribir_lo_mismo|
    spamear|repetir|insistir|reclamar|pelear|discutir|acosar|publicar|marear|fastidiar] quejarte|quejarse|
    mentir|insultar*|inventar*|gritar*|acusar*|molestar*|difamar*|exagerar|lloriquear|llorar|protestar|
    criticar|tonterias|insultos|decir|discutir|hacerte|victimizar*|acosar*|fastidiar|insistir
informate|informese|documentate|documentese|enterate|enterese|estudia|estudie ~1
    antes|bien|mejor|primero|un_poco
que|cual parte /[^.!?]{0,60}?(?<!\\w)no(?!\\w)/ [se|lo|la|los] entend*|entiend*|has_entendido|
    ha_entendido|comprend*|queda_clar*
que ~1 pretendes|pretende|pretendias|pretendia|querias|queria_usted|quieres_que_hagamos|
    quiere_que_hagamos|quieres_que_haga|quiere_que_haga|quieres_que_te_digamos|quiere_que_le_diga*|
    mas_quieres|mas_quiere|quieres_que_te_diga|esperas_que_hagamos|espera_que_hagamos|mas_esperas
    !solicitar|reportar|comprar|hacer_con|recibir
que [mas|otra_cosa] esperabas|esperaba|esperabais|esperaban /[^.!?]{0,40}[?]/
se_que|quedamos|dejemos|dejamos|ponemos|pongamos en_claro|las_cosas_claras|los_puntos_sobre
perdona|disculpa|perdone|disculpe|mira|mire|oye|oiga|oi|escucha|escuche pero ~3
    no_es|eso|yo|nosotros|usted|tu|aqui|asi
[a] nosotros_no_fuimos|nosotros_hemos_cumplido|nosotros_cumplimos|hemos_hecho_todo_bien|
    hemos_actuado_correctamente|actuamos_correctamente|hicimos_todo_bien|lo_hicimos_todo_bien|
    nuestro_servicio_es_excelente|nuestra_atencion_fue_correcta|nuestro_servicio_funciona|
    no_hemos_hecho_nada_malo|no_hicimos_nada_mal|no_cometimos|no_hemos_cometido ~1
""",
    "dismisses": """
si no_te|no_le|no_os|no|tanto_te|tanto_le [te|le|os] gusta|gustan|parece|convence|conviene|interesa|
    esta_conforme|estas_conforme|estas_contento|esta_contento|molesta|acomoda|quieres_esperar ~5 vete|
    vayase|largate|cambiate|cambiese|cambia_de|cambie_de|cambiarte_de|cambiarse_de|hay_otr*|busca|busque|
    compra_en|compre_en|otra_compania|otra_empresa|otro_banco|competencia|no_compres|no_compre|
    puedes_irte|puede_irse|pues|la_puerta|date_de_baja|dese_de_baja|te_vas|se_va|no_vuelvas|no_vuelva|
    adelante|no_vengas|te_aguantas|te_fastidias|no_lo_uses|ya_sabe*|andate
vete|vayase|largate|larguese|andate|marchate|puedes_irte|puede_irse|eres_libre_de|es_libre_de|
    es_usted_libre|libre_de_irte|nadie_te_obliga|nadie_le_obliga|nadie_te_retiene|nadie_le_retiene|
    la_puerta_esta|ya_sabes_donde|ya_sabe_donde|puedes_cambiarte|te_puedes_ir|se_puede_ir ~2 irte|irse|
    marcharte|competencia|otra|otro|puerta|quieras|quiera|a|abierta|esta|libre|cambiar*|quedarte|quedarse|
    cuando|con|ser|comprar|y|reclamar|si|salida|de|lado
alla|haz|haga|haced tu|usted|vos|ustedes|vosotros|lo_que_quier*|lo_que_te|lo_que_le|lo_que_ten*|
    como_quier*|lo_que_consider* $|de|con|si|pues|parezca|apetezca|gan*|ello|en|oportuno
usted_vera|tu_veras|usted_sabra|tu_sabras|vos_sabras|tu_mismo|usted_mismo|vos_veras|alla_usted|alla_tu|
    alla_vos $
quejate|quejese|denuncia|denuncie|denuncianos|denuncienos|reclama|reclame|demanda|demandanos|demandenos|
    escribe|escriba|llora|llore|llama|llame|protesta ~2 donde_quier*|si_quier*|a_quien_quier*|
    lo_que_quier*|cuanto_quier*|todo_lo_que|al_papa|a_tu_mama|cuando_quier*|que_no_nos|que_nos_da|
    a_tu_madre|adonde_quier* !ayuda|hablar|que_te|que_le|que_lo
es_lo_que_hay|no_hay_mas|es_lo_que_toca|asi_son_las_cosas|las_cosas_son_asi|las_cosas_como_son|
    asi_son_las_reglas|las_normas_son_las|ajo_y_agua|te_aguantas|se_aguanta|te_fastidias|te_jodes|se_jode|
    te_guste_o_no|le_guste_o_no|y_ya_esta|y_punto|punto_final|fin_de_la_discusion|fin_de_la_conversacion|
    caso_cerrado|no_hay_mas_que_hablar|no_hay_nada_que_hablar|no_hay_nada_mas_que_decir|
    no_hay_nada_mas_que_hablar|asunto_zanjado|tema_zanjado|tema_cerrado|se_acabo_la_discusion|
    se_acabo_el_tema|asunto_cerrado|no_es_nuestro_problema|no_es_problema_nuestro|no_es_asunto_nuestro|
    problema_tuyo|es_tu_problema|es_su_problema|ese_es_tu_problema|ese_es_su_problema|a_mi_que_me_cuentas|
    y_a_mi_que|nos_da_igual|me_da_igual|nos_da_lo_mismo|nos_importa_poco|no_nos_importa|no_me_importa|
    nos_tiene_sin_cuidado|nos_vale|me_vale_madre|nos_resbala|nos_la_suda|me_la_suda|que_mas_da|
    no_nos_interesa|no_me_interesa|no_nos_pagan|tenemos_cosas_mas|tenemos_mejores_cosas|
    tenemos_otros_clientes|tengo_cosas_mejores|estamos_muy_ocupados|no_tenemos_tiempo_para|
    no_tengo_tiempo_para|nos_haces_perder|nos_hace_perder|pierdes_el_tiempo|pierde_el_tiempo|
    pierde_su_tiempo|no_hay_nada_que_podamos_hacer_por|ya_esta_bien|ya_basta|ya_estuvo_bueno|
    estamos_hartos|estoy_harto|estoy_harta|que_pesado|que_pesada|que_cansino|que_cansina|que_pesadez|
    que_intenso|no_seas_pesad*|no_nos_vengas|no_me_vengas|a_otro_perro|anda_a|vete_a_la|vayase_a_la|
    te_callas|callate|callese|cierra_la_boca ~1
siguiente|otro|pasa|pase a_otra_cosa|caso_por_favor
no [le|te] contestaremos|responderemos|atenderemos|vamos_a_responder|vamos_a_contestar|vamos_a_atender ~1
    mas|a_quien|a_gente|a_personas|hasta_que_te|hasta_que_se|si_sigues|si_sigue|con_ese|asi
""",
    "sarcasm": """
gracias_por|que_bonita|que_bonito|menuda|menudo|vaya [la|el|tu|su|esa|ese] novela|sermon|discurso|
    monologo|rollo|telenovela|testamento|biblia|parrafada|charla|leccion
thanks_for|thank_you_for|what_a|nice|lovely [the|your|that|a] novel|essay|lecture|speech|sermon|rant|
    monologue|life_story|tantrum|drama
-muchas|muchisimas|de|y|celebramos|te|le felicidades|enhorabuena|felicitaciones|bravo|bravisimo|aplausos|
    congratulations|congrats ~1 por|has|ha|pues|genio|campeon|campeona|te|le|descubriste|acabas|al_genio|
    lo|ya|for|on|you|einstein [has|ha|haber] descubr*|darte|darse|tu_paciencia|escribir|quejarte|quejarse|
    insultar*|gritar|inventar*|la_queja|ser_el|ser_la|tanta|perder|leer|no_leer|lograste|encontr*|
    el_drama|drama|noticia|observador|discovering|figuring|finding|noticing|reading|complaining|being_the|
    wasting|your_tantrum|tan_educad*|no|entend*
que|vaya novedad|original|ingenioso|ingeniosa|gracioso|graciosa|listo|lista|simpatico|simpatica|
    amable_eres|educado|educada|maduro|madura|agudo|aguda|fino|fina|lastima_me_da|lastima_me_das|penita|
    maravilla_de_cliente|tierno|tierna|valiente_detras|dramatico|dramatica|delicadito|delicadita|
    caballero|dama|clase ~1 $|eres|es_usted|que|por|tu|sos|tan|mas|viniendo|cliente|por_aqui !para_ti
-que pobrecito|pobrecita|pobrecitos|pobre_de_ti|ay_pobre|pobre_angelito|pobre_criatura|angelito|
    criaturita|llorica|lloricas|lloron|llorona|nenita|nenaza|princesita|principito|quejica|quejicas|
    quejoso|quejosa|pesadito|pesadita|sabelotodo|sabiondo|sabiondito|sabihondo|listillo|listilla|lumbrera|
    lumbreras|iluminado|sabidillo|enteradillo|cunado|rey_del_drama|reina_del_drama|dramas_queen|
    drama_queen|ofendidito|ofendidita|ofendiditos|generacion_de_cristal|alma_de_cantaro ~1
^ claro|si|seguro|obvio|como_no|sisi|ya|aja|por_supuesto si_claro|claro|que_si|como_no|seguro|claro_claro|
    ya_ya|porque|como_tu_digas|como_usted_diga|ahora_resulta|lo_que_tu_digas|lo_que_usted_diga|y_yo ~1
    guapi|campeon|nosotros_tenemos|aqui_todos|no_tenemos|somos|y_los|todos|porque|y_mi|y_la_culpa|y_el|
    digas|diga|como|y_yo|nosotros|es_culpa|seguro
lo_que_tu_digas|lo_que_usted_diga|como_tu_digas|como_usted_diga|si_tu_lo_dices|si_usted_lo_dice|
    si_vos_lo_decis|lo_que_vos_digas|lo_dira_usted|lo_diras_tu|sera_eso|aja_si|claro_como_no|
    claro_que_si_guapi|si_si_lo_que|no_me_digas|no_me_diga|a_poco|me_muero_de_pena|que_pena_me_das|
    lloramos_contigo|llora_mas|llora_menos|sigue_llorando|sientate_a_esperar|espera_sentado|
    esperala_sentado|espere_sentado|mejor_sientate|suerte_con_eso|buena_suerte_con_eso|
    mucha_suerte_con_eso|llamen_a_la_prensa|paren_las_rotativas|noticia_de_ultima_hora|te_damos_un_premio|
    quieres_un_premio|quiere_un_premio|queres_un_premio|queres_una_medalla|queres_un_panuelo|
    queres_que_te_aplaudamos|quieres_una_medalla|quiere_una_medalla|quieres_que_te_aplaudamos|
    te_traigo_un_panuelo|quieres_un_panuelo|te_mandamos_un_panuelo|te_pasamos_panuelos|panuelos|
    tomate_una_tila|tomese_una_tila|tomate_un_te|te_hace_falta_una_tila|te_lo_explico_con|
    se_lo_explico_con|te_hacemos_un_dibujo|le_hacemos_un_dibujo|te_hago_un_dibujo|le_hago_un_dibujo|
    con_dibujitos|con_manzanas|con_plastilina|con_peras_y_manzanas|se_te_ha_caido|segunda_temporada|
    donde_esta_la_gracia|ya_salio_el|ya_salio_la|gracias_por_iluminarnos|gracias_por_tu_sabiduria|
    gracias_por_su_sabiduria|gracias_por_los_insultos|gracias_por_tu_clase|gracias_por_la_leccion|
    gracias_por_tu_educacion|gracias_por_su_educacion|gracias_por_tan_amable|gracias_por_tan_lindo|
    gracias_por_tan_bonito|gracias_por_tus_lindas|gracias_por_tus_bonitas|gracias_por_tanta_amabilidad|
    gracias_por_tanto_carino|gracias_por_tu_carinoso|gracias_por_nada|gracias_por_perder|
    gracias_por_hacernos_perder|gracias_por_la_clase|gracias_por_el_drama|gracias_por_el_espectaculo|
    gracias_por_compartir_tu_drama|gracias_por_alegrarnos|gracias_por_explicarnos_nuestro|
    gracias_por_ensenarnos_nuestro ~1
como|ya_que|claro|se_nota_que ~2 [usted|tu|vos] es_un_experto|eres_un_experto|eres_experto|es_experto|
    es_tan_experto|eres_tan_experto|sabes_tanto|sabe_tanto|sabes_mas|sabe_mas|lo_sabes_todo|lo_sabe_todo|
    eres_tan_listo|es_tan_listo|es_usted_experto|eres_ingeniero|es_usted_ingeniero|sabe_usted_mas|
    sos_experto|eres_un_genio|es_un_genio|sabes_hacerlo_mejor|tienes_tiempo|no_tienes_nada|no_tiene_nada|
    tienes_mucho_tiempo|te_aburres
seguro_que|quiza|quizas|tal_vez|a_lo_mejor|si_quieres|si_quiere ~2
    prefieres|prefiere|quieres|te|le|puedes|puede ~2 alfombra_roja|mayordomo|caballo_blanco|
    paloma_mensajera|en_helicoptero|senal_de_humo|adivinos|bola_de_cristal|bola_magica|varita_magica|
    magia|milagros
no somos adivinos|magos|videntes|brujos|brujas|mentalistas|la_nasa|tus_criados|tus_sirvientes|
    sus_sirvientes|sus_criados|tus_esclavos|tu_mama|tu_madre|tu_niner*|superheroes
no tenemos una_bola|bola_de_cristal|varita|una_varita|poderes|superpoderes
brilliant_deduction|how_original|how_clever|how_mature|how_charming|how_lovely_of_you|shocking_news|
    stop_the_presses|news_flash|newsflash|breaking_news|boo_hoo|boohoo|cry_me_a_river|cry_more|
    keep_crying|cry_about_it|poor_baby|poor_thing_you|poor_you|oh_puh|yeah_right|yeah_sure|
    sure_thing_genius|whatever_you_say|if_you_say_so|slow_clap|well_done_you|bravo|bless_your_heart|
    aren't_you_special|aren't_you_clever|aren't_you_a|wrong_side_of_the_bed|world's_smallest_violin|
    smallest_violin|tiny_violin|do_you_want_a_medal|want_a_medal|want_a_cookie|have_a_cookie|
    here's_a_tissue|need_a_tissue|my_heart_bleeds|our_hearts_bleed|heartbroken_for_you|oh_the_horror|
    oh_the_humanity|what_a_tragedy|call_the_police|call_the_press|call_the_cops|alert_the_media|
    must_be_nice|must_be_hard_being|nice_one_genius|nice_one_einstein|ok_genius|okay_genius|sure_genius|
    no_shit_sherlock|ok_sherlock|captain_obvious|know-it-all|know_it_all|keyboard_warrior|armchair_expert|
    snowflake|crybaby|cry_baby|drama_queen|do_you_want_us_to_draw|shall_we_draw|should_i_draw|
    let_me_spell|spell_it_out_for|mind_readers|mind_reader|crystal_ball|magic_wand|miracle_workers|
    we're_not_psychic|not_your_servant|not_your_servants|not_your_mother|not_your_babysitter
    !bar|appointment
-truly|really|so|very thanks|thank_you ~1 for ~1 enlightening|wisdom|charming|delightful|insults|nothing|
    wasting|the_lecture|lecturing|the_rant|your_rant|ranting|mansplaining|explaining_our|teaching_us_our|
    telling_us_how_to|sharing_your_drama|the_drama|being_so_polite|your_manners|such_a_polite|
    your_lovely_manners|the_entertainment|your_expertise|your_expert_opinion
""",
}
