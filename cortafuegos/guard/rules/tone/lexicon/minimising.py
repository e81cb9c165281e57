"""Playing a complaint down."""

from __future__ import annotations

from collections.abc import Mapping

MINIMISES: Mapping[str, str] = {
    # Told how little it is.
    "little": """
solo|apenas|nada_mas|nomas|total_solo son|eran|fueron|es # <money>
    !al_mes|por|de_envio|mas|mensuales|al_ano|cada
<to_be> solo|apenas|nada_mas|nomas # <money> !al_mes|por|de_envio|mas|mensuales|al_ano|cada
-que no|tampoco <to_be>|hay|veo [como] para que|enojarse|enfadarse|molestarse|quejarse|alterarse|llorar|
    gritar|ponerse|indignarse !te|se|le|los|lo|puedas|pueda
-que no|tampoco <to_be> [como] para_que_te|para_que_se|para_que_os enoj*|enfad*|molest*|quej*|alter*|
    pong*|preocup*|indign*
-que no|tampoco|ni <to_be>|hay|veo|seria ~2 para_tanto|para_ponerse|para_ponerte|para_que_te_pongas|
    para_que_se_ponga|para_enfadarse|para_enojarse|para_alterarse|para_alarmarse|para_quejarse|
    para_tanto_drama|para_hacer_un_drama
no|tampoco|ni <to_be>|parece|sera|lo_veo [una|un|algo|nada|ninguna|ningun|tan|tanto|muy|de|la|el|otra]
    grave|tragedia|catastrofe|drama|desastre|fin_del_mundo|gran_cosa|cosa_del_otro_mundo|
    cosa_del_otro_jueves|muerte_de_nadie|terrible|tremendo|cosa_grave|asunto_grave|gran_drama
no [se] ha_muerto|murio|muere|ha_pasado nadie|nadie_por|nada_grave
no ~1 nada|tan|muy grave !que
--si|cuando no_paso_nada|no_pasa_nada|no_ha_pasado_nada|no_fue_nada|no_ha_sido_nada|no_es_nada|
    no_paso_a_mayores|
    no_tiene_importancia|no_tiene_mayor_importancia|no_reviste|carece_de_importancia|carece_de_gravedad|
    sin_mayor_importancia|sin_la_menor_importancia|no_es_importante
no le|lo des|de|den|deis|hagas|haga|pongas|ponga ~1 mas|tanta|tanto ~1
    importancia|vueltas|drama|bola|color|relevancia
es|fue|era|ha_sido|son|fueron|seria|se_trata_de [solo|solamente|nada_mas_que] [un|una|unos|unas]
    [simple|mero|mera|puro|pura|pequena] tonteria|bobada|nimiedad|pequenez|minucia|chorrada|pavada|
    boludez|zoncera|leseo|cojudez|detallito|detallitos|nada|bobera|tontera|tontada|insignificancia|
    menudencia|gajes_del_oficio|anecdota|cosita|cositas|cosilla
-no|ni|tampoco cosa_menor|cosas_menores|tema_menor|asunto_menor|mal_menor|detalle_menor|
    detalle_sin_importancia|
    caso_menor|fallo_menor|error_menor|retraso_menor|incidente_menor|inconveniente_menor|molestia_menor|
    poca_cosa|casi_nada|no_es_para_morirse|poquita_cosa
solo|solamente|unicamente|simplemente|nada_mas|nomas|apenas|tan_solo|tan_solamente <to_be>|hubo|hay|
    se_trata_de|se_trato_de|tuvo|tuvimos|hemos_tenido|ha_habido|habia [de]
    [un|una|unos|unas|este|esta|ese|esa|algun|alguna] [<small>] <trouble>
<to_be>|hubo|hay|se_trata|se_trato|tuvimos|hemos_tenido|ha_habido [de] solo|solamente|unicamente|
    simplemente|nada_mas_que|apenas|tan_solo [de] [un|una|unos|unas|este|esta|ese|esa|algun|alguna]
    [<small>] <trouble>
solo|solamente|unicamente|apenas|tan_solo|ni_siquiera|nada_mas|nomas fue|fueron|ha_sido|han_sido|era|eran|
    llego|llegaron|tardo|tardamos|hemos_tardado|se_retraso|se_demoro|se_ha_retrasado|se_ha_demorado|
    se_atraso|han_pasado|pasaron|esperaste|espero|has_esperado|ha_esperado|llevas|lleva|tuviste|tuvo|
    estuviste|estuvo|te_cobramos|le_cobramos|perdiste|ha_perdido|has_perdido ~2 #|un|una|unos|unas|dos|
    tres|cuatro|cinco|diez|quince|veinte|treinta|media ~1 <time>|<money>|paradas|veces|vez
fue|fueron|ha_sido|han_sido|era|eran|son|tardo|tardamos|se_retraso|se_demoro|llego|esperaste|han_pasado|
    pasaron solo|solamente|apenas|nada_mas|nomas|tan_solo|unicamente [con|de] #|un|una|unos|unas|dos|tres|
    cuatro|cinco|diez|quince|veinte|treinta|media ~1 <time>|<money> !para|en_tienda|en_total|al_mes|
    por_persona|de_espera_para
por|total_por|y_por [solo|apenas|tan_solo|unos|unas|un|una|dos|tres|cinco|diez|#]
    [miseros|tristes|cochinos|simples] #|unos|unas|un|una|dos|tres|cuatro|cinco|diez
    [miseros|tristes|simples] <time>|<money> ~2 no_vale|no_merece|no_hay|no_pasa|no_es|tampoco
tampoco es|fue|ha_sido|son|fueron|era|hay ~1 tanto|tan|mucho|tanta|para|muchos|muchas|grave|el_fin|nada|
    una|un|que|gran
tampoco te|le|se|os|nos|vamos|hace|tienes|tiene|hagas|haga ~2 exager*|pongas|ponga|ponerse|dram*|muer*|
    hemos_cobrado_tanto|falta|drama
podria|pudo|pudiera|puede haber_sido|ser|ir|haber_ido|ser_mucho|haber_sido_mucho peor|mucho_peor
hay|existen|conocemos|vemos ~1 cosas|casos|clientes|gente|personas|situaciones ~5 peor|peores|mas_graves|
    mas_importantes|mas_urgentes|graves_de_verdad
hay cosas|casos|temas|asuntos mas_graves|mas_importantes|mas_urgentes|mucho_peores|peores
da_gracias|de_gracias|agradece|agradezca|alegrate|alegrese|considerate|tienes_suerte|tiene_suerte|
    tuviste_suerte|suerte_que ~2 te|le|llego|llegaste|tienes|tiene|que|de|no|has|ha|recibiste|afortunad*|
    lo_recibiste|a_que ~4 llego|llegaste|tienes|tiene|perdiste|cancelado|lo_tienes|recibiste|entero|peor|
    servicio|afortunad*|mas
exager*|dramatiz*|dramatices|dramatice|sobreactu*|sobredimension*|magnific* !nada
no seas|sea|te_pongas|se_ponga|os_pongais|hagas|haga|hagamos|armes|arme|montes|monte ~2 exagerad*|
    dramatic*|drama|dramas|asi|escandalo|numerito|show|circo|panico|alarmista|alarmistas|quejica|delicad*|
    llorica|histeric*|pesad*|intens*|tremendista|montana
un_mundo|una_montana|una_tormenta|tormenta de|por|en un_grano|esto|eso|un_vaso|algo|nada|cualquier|
    tan_poco
ahog* en_un_vaso|en_vaso
sin|con dramas|dramatismo|exageraciones|tanto_drama|tanto_escandalo|hacer_drama|hacer_dramas|exagerar
tanto|tanta|menudo|cuanto|mucho|puro drama|escandalo|alboroto|lio|revuelo|queja|bulla|griterio|quilombo|
    mitote ~1 por|para|con|tan|y|nada
no_vale_la_pena|no_merece_la_pena|no_tiene_sentido enfadarse|enojarse|molestarse|quejarse|discutir|
    alterarse|enfadarte|enojarte|preocuparse_por_tan|disgustarse|armar|molestarte|quejarte
""",
    # Told that it is how things are.
    "normal": """
-no|parece|nunca|ni|comprensible|totalmente_comprensible es|son|resulta|sera [lo|algo|cosa|cosas]
    [totalmente|completamente|perfectamente|absolutamente|bastante|muy|de_lo_mas|relativamente|mas]
    normal|normales|habitual|habituales|comun|comunes|frecuente|frecuentes|esperable|logico|natural
    !que_te|que_se_sienta|que_estes|que_este|que_le|que_quieras|que_os|que_tengas|que_tenga|sentirse|
    sentirte|enfadarse|enojarse|preocuparse
-no|tampoco|nunca es|son [muy|de_lo_mas|totalmente|completamente|perfectamente|bastante|algo|lo|lo_mas]
    normal|habitual|comun|frecuente|logico ~2 en_estas_fechas|en_temporada|en_diciembre|en_navidad|
    en_rebajas|en_agosto|en_verano|con_el_volumen|que_haya|que_tarde|que_tarden|que_falle|que_fallen|
    que_se_retrase|que_se_demore|que_ocurra|que_suceda|que_pase|que_esto|que_a_veces|que_algun|que_llegue|
    que_tengas_que_esperar|que_tenga_que_esperar|esperar
son_cosas_que|cosas_que|estas_cosas|esas_cosas|esto|eso|a_veces_esto [a_veces|siempre] pasan|suceden|
    ocurren|suelen_pasar|suele_pasar|suele_ocurrir|suele_suceder|pasa_siempre|pasa_a_veces|pasa_mucho|
    pasa_en_todos|pasa_en_todas|pasa_hasta|ocurre_en_todas|ocurre_en_todos|sucede_en_todos|
    sucede_en_todas|le_pasa_a|nos_pasa_a|les_pasa_a|puede_pasarle_a|le_puede_pasar|le_sucede_a|
    le_ocurre_a|es_lo_normal
suele_pasar|suele_ocurrir|suele_suceder|suelen_pasar|suelen_ocurrir
a|le_puede_pasar_a cualquiera|todos|todo_el_mundo|mucha_gente|muchos_clientes|muchos|todas [nos|les|le] ~1
    pasa|ocurre|sucede|puede_pasar|puede_ocurrir|ha_pasado|paso|pasar|nos_ha
le|les|nos pasa|ocurre|sucede|pasa|ha_pasado|puede_pasar|puede_ocurrir|puede_suceder ~2 a_cualquiera|
    a_todos|a_todo_el_mundo|a_todas_las|a_todas|a_mucha_gente|a_muchos|a_los_mejores|al_mejor
todos|todas ~2 cometemos|tenemos|fallamos|nos_equivocamos|pueden_fallar|fallan|tienen ~1 errores|fallos|
    un_mal_dia|retrasos|dias_malos|demoras|equivocaciones|malos_dias
nadie es_perfecto|somos_perfectos
errar_es_humano|errar_es_de_humanos|es_humano_equivocarse|nadie_es_perfecto|asi_es_la_vida|
    asi_son_las_cosas|cosas_de_la_vida|gajes_del_oficio|es_lo_que_tiene|es_lo_que_hay|es_lo_que_toca|
    que_le_vamos_a_hacer|que_se_le_va_a_hacer|gajes
caso|hecho|incidente|error|episodio|evento|fallo|tema|algo|situacion|incidencia|suceso ~1 aislado|aislada|
    puntual|puntuales|anecdotico|anecdotica|excepcional_y_sin
mera|simple|pura|meramente|simplemente anecdota|anecdotico|anecdotica
""",
    # Told to be calm, or patient.
    "calm": """
no_hay_que ponerse|enfadarse|enojarse|alterarse|exagerar|dramatizar|molestarse|llorar|quejarse|perder_los
un_poco_de|algo_de|poquito_de paciencia|calma nunca|no_hace|no_mata|no_viene
-and|to|back|con|la|mucha|pura|en|de calmate|calmese|calmense|calmaos|tranquilizate|tranquilicese|
    tranquilizaos|relajate|relajese|relajense|serenate|serenese|sosieguese|sosiegate|respira_hondo|
    respire_hondo|calmadito|calmadita|calmados|bajale|bajele|aguantate|aguantese|aguanta_un_poco|
    aguante_un_poco
^ calma|relajo
no|nunca te|se|os alteres|altere|alteren|altereis|sulfures|sulfure|pongas_asi|ponga_asi|pongan_asi|
    pongas_nervios*|ponga_nervios*|enfades|enfade|enojes|enoje|exaltes|exalte|exasperes|exaspere|
    pongas_histeric*|rayes|calientes|caliente|enganches|embales|achaques|quejes|queje|quejeis|
    hagas_mala_sangre|haga_mala_sangre|pongas_intens*|agobies_tanto|ahogues|ahogue|comas_el_coco|
    tomes_tan|tome_tan|pongas_denso
ten|tenga|tened|tengan|tene|hay_que_tener|debes_tener|debe_tener|toca_tener|habra_que_tener [un_poco|
    un_poquito|algo|mas|un_poco_mas|tantita|tantito|un_pelin] [de|mas] paciencia|calma|serenidad
un|con [poco|poquito] [mas|de] [de] paciencia|calma $
tranquil*|calma ~2 no_es_para_tanto|que_no_es|no_pasa_nada|que_no_pasa_nada|hombre|mujer|no_es_nada
no_hay_por_que|no_hay_para_que|no_hace_falta|no_es_necesario|no_hay_necesidad_de|no_tienes_por_que|
    no_tiene_por_que ~1 ponerse_asi|alterarse|enojarse|enfadarse|exaltarse|gritar|ponerte_asi|alterarte|
    enfadarte|enojarte|alarmarse|quejarse|quejarte|ponerse_nervios*|molestarse_tanto|exagerar|insultar|
    dramatizar|enojo|escandalizarse
""",
    # The trouble is there, but made smaller.
    "small": """
retrasill*|retrasit*|fallill*|fallit*|errorcill*|errorcit*|demorit*|molestill*|incidencill*|
    contratiempill*|atrasit*|descuidit*
<to_be> [un|una] [solo|solamente|simplemente|apenas] un_poco|un_poquito|algo
    tarde|lento|lenta|retrasado|retrasada
<to_be> solo|solamente|nada_mas|apenas|simplemente un|una !persona|ejemplo|prueba|parte|paso
solo|solamente|nada_mas|apenas|simplemente es|fue|era|ha_sido un|una !persona|ejemplo|prueba|parte|paso
por_lo_menos|al_menos [ya|te|le] llego|llegaste|tienes|tiene|recibiste|recibio|pudiste|pudo|funciona
<small> <trouble> !retraso_en_la_respuesta
un|una|algun|alguna|este|esta|ese|esa|el|la|unos|unas <trouble> [muy|bastante|de_lo_mas] pequeno|pequena|
    leve|leves|minimo|minima|minimos|ligero|ligera|insignificante|sin_importancia|sin_mayor_importancia|
    tonto|tonta|de_nada|menor|menores|sin_gravedad|nimio|nimia
problemita|problemitas|problemilla|problemillas|detallito|detallitos|retrasito|molestita|errorcito|
    errorcillo|fallito|temita|demorita|inconvenientito|quejita|incidenciita
""",
    "little-en": """
making|make|made|making_such ~1 big_deal|huge_deal|fuss|drama|scene|mountain|meal ~1 about|of|over|for|out
-if|that's|say|think|thinks|know|knows|understand is|was|it's|isn't|wasn't|this_is|that_is|that's|hardly|
    this_isn't|ain't ~1 not|hardly|really_not|isn't|never|nothing ~2 that|so|big|end_of_the_world|the_end|
    huge|serious|major|disaster|catastrophe|tragedy|worth|terrible|such_a ~1 bad|serious|deal|end|
    of_the_world|terrible|awful|big|major|much|disaster|thing|long|tragedy|getting_upset|getting_angry|
    the_fuss|complaining|about
isn't|wasn't|aren't|ain't|hardly|weren't [really|exactly|even] that|so|all_that
    bad|serious|long|terrible|awful|dramatic
isn't|wasn't|aren't|ain't|hardly|weren't [really|exactly|even] [that|so|such_a|all_that|a|the|worth]
    big_a_deal|big_deal|end_of_the_world|disaster|catastrophe|tragedy|emergency|getting_upset|the_fuss|
    complaining|a_crisis|rocket_science|life_or_death|major_issue|awful
no_big_deal|no_biggie|not_a_big_deal|hardly_a_big_deal|not_the_end_of|no_harm_done|no_real_harm|
    nobody_died|no_one_died|no_one_was_hurt|nobody_was_hurt|big_fuss|nothing_serious|nothing_major|
    not_worth_getting|first_world_problem|first_world_problems|storm_in_a_teacup|tempest_in_a_teapot|
    mountain_out_of|mountains_out_of|making_a_fuss|make_a_fuss|such_a_fuss|drama_queen|so_dramatic|
    being_dramatic|too_sensitive|oversensitive|over_sensitive|blow_this_out|blowing_this_out|blown_out_of|
    out_of_proportion|nothing_to_get_upset|no_need_for_drama|no_reason_to_be_upset|no_reason_to_get_upset
-if|should|whether overreact|overreacting|exaggerate|exaggerating|overreaction|exaggeration|exaggerated|
    overdramatic|overreacted
only|just|merely|barely|simply a|an|some|one|<small_en> [<small_en>] <trouble_en> !above|below|number
it's|it_is|it_was|that_was|that's|this_was|there_was|this_is|was|were|that_is|is
    only|just|merely|barely|simply a|an|some|one|about|#|two|three|five|ten|few|<small_en> ~1
    <trouble_en>|<time_en>|<money>|few_minutes|few_days|late|inconvenience|delay|couple_of_minutes|
    couple_of_days|formality !away|until|for_a_limited
only|just|barely|merely waited|delayed|took|lasted|late|lost|were_charged|missed|been|had_to_wait|charged
    ~3 #|one|two|three|five|ten|fifteen|twenty|thirty|couple|few|an|a ~1 <time_en>|<money>|buck
waited|delayed|took|lasted|late|lost|down|out|charged|been [you|for|by] only|just|barely|merely ~3 #|one|
    two|three|five|ten|fifteen|twenty|thirty|couple|few|an|a ~1 <time_en>|<money>
could|might|would|can|it'd have_been|be|get|be_a_lot|be_much|have_been_much|have_been_a_lot|be_far|
    have_been_far worse|much_worse
there_are|others_have|other_customers_have|some_people_have|people_have|plenty_of ~2 worse|bigger|
    people_with|far_worse|more_serious|real|people ~1 off|things|problems|issues|cases|bigger|real|
    out_there
be_glad|be_grateful|be_thankful|you_should_be_glad|you_should_be_grateful|consider_yourself|
    count_yourself|you're_lucky|you_were_lucky [that] you_got|it_arrived|you_arrived|it_wasn't|you_have|
    we_got|your_flight|it_didn't|lucky|you_weren't|it's_not|nobody|you_still|you_received|you_made
""",
    "normal-en": """
-not|isn't|never|if|back|n't|understand is|it's|that's|are|this_is|it_is|that_is [all|just|quite|only|
    completely|totally|perfectly|absolutely|pretty|very|fairly]
    [completely|totally|perfectly|absolutely|quite] normal|common|standard|usual|to_be_expected|natural|
    routine|typical ~3 delay*|wait*|busy|season|holiday*|christmas|happen*|during|at_this_time|this_time|
    for_a|for_this|to_wait|with_any|in_this_industry|industry|sometimes
these_things|such_things|things_like_this|things_like_that|stuff_like_this|delays|glitches|shit
    [just|sometimes|do|simply|will|can|does] happen|happens|occur ~2 to_everyone|to_everybody|to_us_all|
    to_all|to_the_best|sometimes|all_the_time|from_time|occasionally|everywhere|in_every|to_anyone|
    now_and_then|in_life|with_every|in_any|in_this
these_things|such_things|things_like_this|things_like_that|stuff_like_this [just|sometimes|do|will] happen
that's_life|such_is_life|c'est_la_vie|shit_happens|nobody's_perfect|no_one's_perfect|it_is_what_it_is|
    to_err_is_human|join_the_club|you_win_some|that's_just_how_it_is|that's_how_it_goes|part_of_life
isolated|one-off|one_off|once-off incident|case|event|occurrence|error|mistake|issue|situation|thing|
    glitch
""",
    # Kind to somebody who slipped; to somebody who complains, an excuse.
    "usual-en": """
mistakes|accidents|errors|stuff [just|sometimes|do|will|simply|can|does] happen|happens
it|things [just|sometimes|do|will|simply|can|does] happen|happens ~1 to_everyone|to_everybody|to_us_all|
    to_all_of|to_the_best|sometimes|everywhere|in_life
everyone|everybody|all_companies|every_company|every_airline|all_airlines|every_bank|all_of_us|we_all|
    all_banks|every_business|nobody|no_one ~1 makes|make|has|have|gets|is|experiences|runs ~1 mistakes|
    delays|errors|bad_days|bad_day|off_day|off_days|perfect|outages|glitches|late
""",
    "calm-en": """
little|bit_of|some patience never|goes_a_long|wouldn't_hurt|won't_kill
^ relax|chill|easy $
just|please|just_please relax|chill $
-to|and calm_down|calm_yourself|calm_yourselves|chill_out|settle_down|take_it_easy|simmer_down|
    take_a_breath|take_a_deep_breath|deep_breath|deep_breaths|lighten_up|get_over_it|move_on|cool_it|
    keep_your_hair_on|grow_up|toughen_up|suck_it_up|stop_crying|quit_whining|stop_whining !in|with|aboard|
    onboard|knowing|at|and_enjoy|on|while|your|by|for|back|before|this_weekend|tonight|fireplace
don't|do_not|no_need_to|no_reason_to|stop|there's_no_need_to|there_is_no_need_to|need_not|shouldn't|
    without|no_point ~1 get|getting|be|being|make|making|panic|whine|whining|moan|moaning|freak|freaking|
    lose|yell|yelling|shout|shouting|fret_over|sweat ~2 upset|so_upset|worked_up|dramatic|angry|mad|
    a_fuss|drama|out|scene|emotional|hysterical|so_angry|your_temper|your_cool|ridiculous|such_a|at_us|
    about_it|small_stuff
be|have|a_little|some [a] [bit|little] [more|of] patient|patience $
""",
    "small-en": """
it's|it_is|it_was|that's|this_is|that_was just|only|merely a|an !second|moment|reminder|matter_of_time|
    click|heads-up|phone_call|message_away|few_steps|step|tweet
-not|isn't|never|back|n't it's|that's|this_is|that_is|it_is [all|just|quite|only|completely|totally|
    perfectly|absolutely|pretty|very|fairly] normal|common|standard|usual|to_be_expected|expected $
at_least ~1 you_got|it_arrived|you_arrived|it_wasn't|you_have|we_got|your_flight|it_didn't|you|nobody|it
<small_en> <trouble_en> !away|while
teething_troubles|teething_problems|growing_pains|tiny_bit_late|a_bit_of_a_wait|a_little_late|
    slightly_late|a_tad_late|a_bit_late
""",
}
