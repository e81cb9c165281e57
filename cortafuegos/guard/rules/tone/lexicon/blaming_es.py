"""Blame put on the customer, on their word, or on people of the house, in Spanish."""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.guard.rules.tone.lexicon.deeds_es import DONE, OMITTED, WRONG

_NOT = "-no|nunca|jamas|ni|tampoco|sin|si|nada|nadie"

BLAMES: Mapping[str, str] = {
    "customer": f"""
perdiste|perdio|dejaste_pasar|dejo_pasar|se_te_paso|se_le_paso [usted|tu] el_plazo|la_fecha|
    la_oportunidad|el_tiempo|la_garantia
-no|nunca|jamas|ni|tampoco|sin|si|nada|nadie|nuestro|nuestra [es|fue|ha_sido|era|seria|la|el|toda|solo]
    culpa|error|fallo|falla|equivocacion|responsabilidad|descuido|despiste|negligencia|falta ~1
    [es|fue|ha_sido|solo] [solo] tuya|tuyo|suya|suyo|vuestra|vuestro|propia|propio|de_usted|de_ustedes|
    del_cliente|de_la_clienta|del_usuario|de_la_usuaria|del_comprador|del_pasajero|del_titular|
    de_quien_compra
{_NOT} es|fue|ha_sido|era|por|debido_a|tienes|tiene|tuviste|tuvo [solo|toda] [tu|su|la|vuestra] culpa
    !nuestra|del_sistema|de_la|es_nuestra|fue_nuestra|de_nadie|de_nuestr*|es_toda_nuestra
{_NOT} tu|su|vuestro|un|vuestra|una|tus|sus [propio|propia|propios|claro] error|errores|culpa|descuido|
    despiste|negligencia|imprudencia|torpeza|desconocimiento|ignorancia|mal_uso|uso_indebido|
    falta_de_atencion|falta_de_cuidado|falta_de_prevision|falta_de_informacion|falta_de_planificacion|
    falta_de_lectura|falta_de_interes|mala_cabeza|irresponsabilidad|mala_planificacion|mal_manejo
    [de_tu_parte|de_su_parte|por_tu_parte|por_su_parte|del_usuario|del_cliente|tuyo|suyo] !nuestr*|
    en_tu_factura|en_su_factura|en_la_factura|de_nuestr*|en_el|en_la|en_nuestr*|del_sistema|de_sistema|
    tecnico|al_cargar|interno|de_comunicacion|de_impresion|humano|de_un|muestra|que_muestra|que_te|que_ve|
    aparece|code|sale|en_tu|en_su|con|de_conexion|que_no|de_red|en_los|en_las|de_logistica|de_facturacion|
    de_la|del|inaceptable|inadmisible|imperdonable|y|que|puntual|grave
mal_uso|uso_indebido|uso_inadecuado|mala_manipulacion|manipulacion_indebida|uso_incorrecto|mal_manejo
    !de_tus_datos|de_sus_datos|de_la_tarjeta_por|por_parte_de_terceros|de_tu_tarjeta|de_tu_cuenta|de_datos
error|fallo|equivocacion|falla|descuido ~1 de_usuario|del_usuario|de_capa_8|de_tu_parte|de_su_parte|
    por_tu_parte|por_su_parte|entre_la_silla
--si|cuando|quizas <you_only>|te|se|os ~1 equivocaste|equivoco|has_equivocado|ha_equivocado|han_equivocado|
    confundiste|
    confundio|has_confundido|ha_confundido|olvidaste|olvido_de|has_olvidado|ha_olvidado|despistaste|
    despisto !nuestr*|el_sistema|el_equipo|nuestro|la_tienda
-no|nunca|si|habernos|nos|me deberias_haber|deberia_haber|debiste|debio|tendrias_que_haber|
    tendria_que_haber|tenias_que|tenia_que_haber|tendrias_que|debias|debia_haber|debias_haber|
    deberian_haber|debieron|debiste_haber|debio_haber|debisteis|hubieras|hubieses|hubiera|hubiese|haberte|
    haberse|haberlo|haberla|haberlos|hubierais|podias_haber|podrias_haber|podia_haber|podria_haber|
    pudiste_haber|pudo_haber|tendriais_que_haber|deberiais_haber !llegar*|llegado*|haberte|haberle|
    haberos|haber_llegado|haber_recibido|recibir*|recibid*|habernos|haber_sido|ser|sido|sernos|verse|
    tenido|pasad*|vivid*|te_|le_|gustad*|podid*|resuelto|quedad*|nos|estad*|encantad* ~2 <care>
<you_only> ~1 debiste|debio|deberia_haber|deberias_haber|tenia_que|tenias_que|debe|debes ~2 <care>
-no|claro|de haberlo|haberla|haberte|haberse|haberlos|haber pensado|leido|dicho|mirado|avisado|comprobado|
    revisado|preguntado|llamado|informado|elegido|hecho|comprado|verificado|consultado|cancelado|pedido|
    fijado|asegurado|reclamado|confirmado|venido|esperado|cuidado|guardado ~1 antes|bien|con_tiempo|
    a_tiempo|con_antelacion|mejor|mas|las|los|la|el|con_cuidado|en_su_momento|previamente
si [<you_only>] [te|se|lo|las|los|la|nos|no] hubieras|hubiera|hubieses|hubiese|hubieran|habrias|huvieras|
    hubierais [te|se] [<you_only>|bien|mejor|solo] leido|revisado|mirado|comprobado|verificado|seguido|
    avisado|llamado|consultado|hecho|prestado|informado|fijado|pensado|esperado|cancelado|confirmado|
    guardado|actualizado|preguntado|dicho|elegido|pagado|atendido|puesto|reclamado|llegado|tomado|
    tenido_cuidado|entendido|rellenado|facilitado|dado|contestado|respondido|reservado|pedido|usado
de haber|haberlo|haberlas|haberlos|haberla leido|revisado|seguido|comprobado|avisado|consultado|
    verificado|mirado|llamado|preguntado
por|al no haber|haberte|haberse|haberlo|haberla|haberlos|haberlas|haber_lo|leer|leerte|leerse|seguir|
    avisar|revisar|comprobar|actualizar|prestar|informarte|informarse|fijarte|fijarse|verificar|cumplir|
    hacer_caso|tener_cuidado|contestar|cancelar|llamar|atender|estar_en|rellenar !podido|sido|conseguido|
    respondido_antes|atendido_antes|contestado_antes|te|le
por [tu|su] descuido|culpa_tuya|culpa_suya|despistado|despistada|tu_culpa|su_culpa|no_leer|impaciente|
    tu_falta|su_falta|confiado|confiada|dejarlo_para|dejarlo_todo|esperar_al_ultimo|ir_con_prisas|
    comprar_sin
-si|porque_si|cuando|aun|todavia|como|quiza|quizas|ya|por|que|nadie no [nos|te|se|lo|las|los|la|le]
    [<you_only>] {OMITTED} !bien_atendid*|bien_el_servicio|nadie|el_servicio|la_app|el_sistema|resuelto|
    tu|tus|nuestr*|el_repartidor|el_tecnico|solucion|respuesta|la_atencion|el_equipo|la_persona|el_agente|
    un_agente|la_empresa|ningun|una_solucion|nada_de_esto|la_talla
porque|ya_que|pues|dado_que|puesto_que|es_que|lo_que_pasa_es_que|claro_que [<you_only>] no
    [nos|te|se|lo|las|los|la] {OMITTED}
parece_que|se_nota_que|esta_claro_que|es_evidente_que|evidentemente|claramente|obviamente|seguro_que|
    seguramente|veo_que|vemos_que|por_lo_visto|salta_a_la_vista_que|me_parece_que|queda_claro_que
    [<you_only>] no [nos|te|se|lo|las|los|la] {OMITTED}
<you_only> [ya] no|nunca|jamas [nos|te|se|lo|las|los|la] {OMITTED}
<you_only> [mismo|misma|mismos|solo|sola] [nos|lo|la|los|se|te] {DONE} ~3 {WRONG}
{DONE} ~2 {WRONG} ~1 tu|su|el|la|los|las|tus|sus|un|una|datos
lo|la|los|las|te|se [lo|la] {DONE} {WRONG}
<you_only> [mismo|misma|mismos|solito|solita|solo] acepto|aceptaste|firmo|firmaste|eligio|elegiste|
    lo_eligio|lo_elegiste|decidio|decidiste|quiso|quisiste|lo_quiso|se_lo_busco|te_lo_buscaste|lo_rompio|
    lo_rompiste|lo_provoco|lo_provocaste|tiene_la_culpa|tienes_la_culpa|es_el_responsable|
    eres_el_responsable|es_responsable|eres_responsable|es_quien|eres_quien|tuvo_la_culpa|
    tuviste_la_culpa|rechazo|rechazaste|se_lo_ha_buscado
condiciones|terminos|contrato|bases|clausula|tarifa|politica ~2 que ~2 aceptaste|acepto|firmaste|firmo|
    has_aceptado|ha_aceptado|has_firmado|ha_firmado|aceptasteis|contrataste|leiste|no_leiste|usted
al aceptaste|aceptar|firmar|contratar ~3 asumiste|asumio|sabias|sabia|aceptaste|acepto
ya sabias|sabia|lo_sabias|lo_sabia|deberias_saber|deberia_saber|estabas_avisad*|estaba_avisad*|
    te_lo_advertimos|se_lo_advertimos|te_avisamos|le_avisamos
eso|esto te|le|os pasa|pasa_a_usted|ha_pasado|paso|sucede|ocurre|ocurrio por
    !nuestr*|un_error_nuestro|un_fallo
te|se lo buscaste|busco|has_buscado|ha_buscado|tienes_merecido|tiene_merecido|mereces|merece
la_proxima|para_la_proxima|la_proxima_vez|la_siguiente_vez|otra_vez|en_otra_ocasion|a_la_proxima ~3 lee|
    lea|leete|lease|revisa|revise|fijate|fijese|comprueba|compruebe|pregunta|pregunte|avisa|avise|ten|
    tenga|presta|preste|mira|mire|llama|llame|procura|procure|intenta_leer|asegurate|asegurese|
    pon_atencion|ponga_atencion|piensa|piense|verifica|verifique|sal|salga|llega|llegue|lee_bien|leer|
    haz_caso|haga_caso|informate|informese|planifica|planifique|planea|compra_con|reclama_antes|leé|tene
a_ver_si|a_ver_cuando [la_proxima] [te|se|lo|nos] [lees|lee|leemos|aprendes|aprende|entiendes|entiende|
    prestas|presta|te_enteras|se_entera|se_informa|informas|fija|fijas|leen|lea|leis]
lee|lea|leete|lease|leelo|relee|vuelve_a_leer|vuelva_a_leer|repasa|repase ~1 bien|con_atencion|
    con_cuidado|con_detenimiento|detenidamente|antes_de_quejar*|antes_de_reclam*|antes_de_escrib*|
    antes_de_critic*|antes_de_opin* !y_si|y_cuentanos
lee|lea|leete|lease|leelo|mira|mire|revisa|revise|informate|informese|comprueba|compruebe|entera|piensa|
    piense|fijate|fijese ~4 antes_de quej*|reclam*|critic*|acus*|opin*|hablar|protest*|comprar|contratar|
    escrib*|public*|insult*
es|sera|son|era|queda_bajo ~1 tu|su|vuestra|de_tu|de_su|exclusiva|unica responsabilidad|deber|obligacion|
    exclusiva_responsabilidad|unica_responsabilidad|propia_responsabilidad !nuestr*
responsabilidad|obligacion|deber|tarea|cosa|asunto|trabajo ~1
    del|de_cada|tuya|suya|vuestra|de_la|tuyo|suyo [propio|propia] cliente|usuario|usuaria|clienta|
    pasajero|comprador|titular|consumidor|viajero|tuya|suya|asegurado
responsabilidad|culpa es|fue|recae|es_toda|es_solo|la_tienes|la_tiene|la_tenes ~1 tuya|suya|vuestra|
    del_cliente|del_usuario|de_usted|sobre_usted|en_el_cliente|tu|usted|en_usted|sobre_el_cliente|de_quien
-no|nunca|si|nuestro|nuestra te|usted|se|<you_only> confundes|confunde|equivocas_de|equivoca_de|has_liado|
    ha_liado|lias|te_has_liado|hizo_bolas|hiciste_bolas|enredaste|enredo $
usted|tu provoc*|caus*|ocasion*|gener*
demasiado_tarde|fuera_de_plazo|tarde ~1 nos_avis*|avisaste|aviso|reclamaste|reclamo|llamaste|llamo
""",
    "doubts": """
eso|esto es|parece|resulta|seria [totalmente|completamente|absolutamente|practicamente|simplemente]
    imposible $
segun|en nuestro_sistema|nuestros_registros|el_sistema|el_repartidor|la_tienda|nuestra_informacion|
    los_datos ~1 si|ya|usted|tu|no|lo|fue|consta|figura|aparece|esta ~2 recib*|entreg*|pag*|firm*|llam*|
    cancel*|acept*|contrat*|envi*|solicit* !pendiente|en_camino|hoy|manana
-no|para|debemos|hasta|tenemos|si dudamos|dudo|ponemos_en_duda|pongo_en_duda|cuestionamos ~1
    que|de|tu|su|mucho|lo|seriamente
nos|me|se|resulta|es|parece extrana|extrano|sorprende|raro|dificil_de_creer|resulta_raro|resulta_extrano|
    resulta_dificil_creer|cuesta_creer|cuesta_creerlo|cuesta_pensar|dificil_creer|poco_creible|
    poco_probable|curioso|sospechoso|poco_verosimil|inverosimil|resulta_curioso|cuesta_mucho_creer|
    hace_raro|resulta_poco_creible !que_nadie|que_no_te_h*|que_no_le_h*|tu_experiencia|esa_atencion
-si|que no nos|me|le|te ~1 consta|constan !su_numero|aun_tu_respuesta|tu_respuesta
no_hay|no_existe|no_tenemos|no_tengo|no_encontramos|no_existe_ninguna|no_aparece|no_figura|no_queda
    [ningun|ninguna] constancia|registro|evidencia|prueba|pruebas|evidencias|registros ~4 que|de_que|
    de_tu|de_su|de_ello|de_eso|de_esa|de_ese|alguna|alguno|$
-no|hasta|para|por|aun|todavia|una|mas|menos|que|dinero|cuenta|datos|tarjeta|todo|paquete|compra [pero]
    estas|esta|esta_usted|esta_ud|estais [bien|
    realmente|completamente|totalmente|absolutamente|usted|tu|de_verdad] seguro|segura|seguros ~1
    que|de_que|de_haber*|que_lo|$
--sentimos|siento|lamentamos|lamento|apena|duele de_verdad|en_serio|realmente|acaso ~1 que|esperas|crees|
    cree|piensas|piensa|lo|leiste|leyo|has|ha|te|se|
    seguiste|siguio|llamaste|llamo|revisaste|reviso|enviaste|pagaste !podemos|sentimos|lamentamos|
    lo_sentimos|agradec*|nos|lo_que_paso|queremos|necesit*|valor*|quedado|resuelto|podido|solucionado|
    recibido|sido
eso|esto|lo_que|tal_cosa|algo_asi ~5 no_puede_ser|no_pudo_pasar|no_pudo_ocurrir|no_puede_haber|
    es_muy_raro|es_rarisimo|es_bastante_raro|es_improbable|no_ha_podido|no_pudo_haber|no_ocurrio|
    no_ocurre|no_paso|no_ha_pasado|no_sucedio|no_sucede|no_pasa_nunca|nunca_ha_pasado|nunca_pasa|
    no_nos_cuadra|no_cuadra|no_concuerda|no_coincide|no_encaja|no_tiene_sentido|no_me_cuadra
-no|parecia|era|nos|te|sea|haya es|resulta|parece|seria [tecnicamente|practicamente|materialmente|
    completamente|absolutamente|simplemente|totalmente] imposible que
-no|deberia no_puede_ser que|cierto|verdad|asi
nadie|ningun|ninguna|ningun_otro|ningun_cliente|ningun_otro_cliente ~1 mas|otro|otra|cliente|clientes|
    usuario|clienta|persona|pasajero ~2 ha_reportado|se_ha_quejado|se_queja|ha_tenido|reporta|reporto|
    nos_ha_dicho|nos_ha_reportado|lo_ha_reportado|se_quejo|tiene|tuvo|ha_dicho|dijo|ha_reclamado|reclamo|
    ha_presentado|le_ha_pasado|le_pasa|nos_ha_comentado|ha_notado|protesta
-no eres|es|sos|fuiste|fue|has_sido|ha_sido ~1 el_unico|la_unica|el_primer|la_primera|el_primero|
    la_primera_persona|el_unico_cliente|la_unica_clienta|el_primer_cliente ~2 que|al_que|a_quien|en
    !nos_import*|queremos|merece*
-si|no|sigue|todo a_nosotros|a_mi|al_resto|a_los_demas|a_todos_los_demas|aqui|desde_aqui|
    en_nuestro_sistema|al_resto_de_clientes|a_todo_el_mundo [si|nos|me|les|le|todo|no_nos|no_les]
    funciona|va|aparece_todo|sale_bien|carga|da_ningun_error|da_error|figura_todo ~1 $|bien|la|el|todo|
    perfectamente|correctamente|correcto|sin|perfecto
en_nuestro_sistema|en_el_sistema|segun_el_sistema|segun_nuestro_sistema|segun_nuestros_registros|
    nuestros_registros|nuestro_sistema|los_registros|las_camaras|nuestros_datos|nuestra_base ~2 dice|
    dicen|indican_lo|indica_lo|muestran_lo|muestra_lo|demuestran|demuestra|prueban|lo_contrario|otra_cosa|
    no_es_asi|todo_esta_correcto|todo_esta_bien|todo_correcto|todo_aparece_correcto ~1
segun tu|usted|ustedes|vos|lo_que_tu|lo_que_usted|lo_que_dices|lo_que_dice|tu_version|su_version|
    tus_palabras|sus_palabras|dices|dice_usted|usted_dice
segun|como|lo|eso|tal_como|cuando [que] [usted|tu|vos] alegas|alega|afirmas|afirma|pretendes|pretende|
    aseguras|asegura|sostienes|sostiene|presuntamente
<you_only> afirma|afirmas|alega|alegas|asegura|aseguras|pretende|pretendes|sostiene|sostienes|dice|dices
    ~3 que|haber|lo
alegas|presuntamente|supuestamente ~1
no_es|es_poco|es_muy|parece_poco posible|probable que ~1 hayas|haya|te|le|se|usted|tu|nadie|nuestr*|eso|
    esto
prove it
everything ~2 works|working|fine ~1 on_our_end|on_our_side|at_our_end
tu|su|el|la|los|las|ese|esa|esos|esas|un|una|dicho|dicha supuesto|supuesta|supuestos|supuestas|presunto|
    presunta|presuntos|presuntas !fraude|fraudes|sorteo*|premio*|concurso*|regalo*|estafa|phishing|
    correo_fraudulento|estafador|estafadores|suplantacion|intento|trabajador_nuestro|premio|sorteo|regalo|
    empleado|asesor|ejecutivo
si|de [eso|esto] ~2 es_cierto|es_verdad|fuera_cierto|fuese_cierto|fuera_verdad|fuese_verdad|ser_cierto|
    ser_verdad|fuera_como_dices|fue_como_dices|fue_asi_como|de_verdad_paso|realmente_paso|
    realmente_ocurrio|realmente_fue_asi|en_verdad_paso|como_dices|como_dice|como_tu_dices|como_usted_dice
    ~1
tienes|tiene|tenes|hay|aporta|aporte|muestra|muestre|presenta|presente|muestrenos|muestranos|envia|
    envianos|envie|dame|deme|danos|denos|donde_estan|cual_es|puedes_aportar|puede_aportar ~1
    alguna|algun|la|las|una|tus|sus|prueba|pruebas ~1 prueba|pruebas|testigos|de_ello|que_lo_demuestre|
    que_lo_demuestren|de_eso|de_lo_que_dices|de_lo_que_dice !de_compra
demuestralo|demuestrelo|demuestrenos|demuestranos|demostralo|pruebalo|pruebelo|puedes_demostrar|
    puede_demostrar|podes_demostrar|puedes_probarlo|puede_probarlo|puedes_probar_que|puede_probar_que|
    como_sabemos_que|como_se_que_es|quien_nos_dice_que|quien_me_dice_que|como_podemos_saber_que ~1
no ~1 te|le|os|me|nos|les [lo|la] creo|creemos|crees|creera|vamos_a_creer|nos_creemos|lo_creemos|lo_creo
    !conveniente|que_sea_justo
no ~1 creemos|creo|nos_parece_creible|es_creible|suena_creible|resulta_creible ~1
    que|su|tu|lo|esa|nada|creible ~1 sea|haya|hayas|fuera|version|que|esto|eso|$
    !una_respuesta|posible_hacer
miente*|mentir|mintiendo|mientes|mentiras|mentira|mentiroso|mentirosa|inventas|inventa|inventando|
    inventado|inventarte|se_lo_inventa|te_lo_inventas|te_lo_estas|fantaseas|calumnias ~1
""",
    "colleagues": f"""
{_NOT} [es|fue|ha_sido|la|era|seria|por|se_debe_a|se_debio_a|tienen_la|tiene_la] culpa|error|fallo|falla|
    responsabilidad|equivocacion|negligencia|descuido|torpeza|metedura_de_pata|cosa|tema|problema|asunto|
    mal_hacer|incompetencia ~1 de|del|de_la|de_el|de_los|de_las|es_de|fue_de|es_del|fue_del|recae_en|
    la_tiene|la_tienen|la_tuvo|exclusiva_de|exclusivo_de|exclusiva_del ~2 <colleague>|<unit>
    !y_nuestr*|nuestra_y|y_lo_asumimos
culpa|error|fallo|falla|responsabilidad ~1 es|fue|la_tiene|la_tienen|la_tuvo|recae_en|corresponde_a|
    la_tuvieron|es_toda|la_tienen ~1 de|del|de_los|de_la|el|la|los|al|a_la ~1 <colleague>|<unit>|correo|
    correos|transportista|empresa|mensajeria
{_NOT} [mi|nuestro|nuestra|el|la|tu|su|un|una|los|las|ese|esa|ese_mismo|aquel|otro|otra] <colleague> ~5
    se_equivoco|se_equivocaron|se_ha_equivocado|se_confundio|se_confundieron|se_ha_confundido|
    metio_la_pata|no_supo|no_sabe|no_sabia|no_te_informo|no_le_informo|informo_mal|informaron_mal|
    te_informo_mal|le_informo_mal|te_dio_mal|le_dio_mal|no_hizo|no_ha_hecho|hizo_mal|lo_hizo_mal|la_rego|
    la_cago|se_olvido|se_le_olvido|olvido|no_registro|no_tramito|es_nuevo|es_nueva|no_siguio|no_debio|
    no_tenia_que|fallo|cometio_un_error|ha_cometido_un_error|esta_despedid*|tuvo_la_culpa|tiene_la_culpa|
    son_unos|es_un_inutil|no_hacen_su_trabajo|no_hace_su_trabajo|no_anoto|se_despisto|no_paso_el|
    la_embarro|la_pifio|no_leyo|te_atendio_mal|le_atendio_mal|no_cumplio|suele_equivocarse
{_NOT} [el|la|los|las|nuestro|nuestra|nuestros|nuestras|ese|esa|otro|otra|en|de|desde|por_parte_de] <unit>
    ~5 se_equivoco|se_equivocaron|se_ha_equivocado|metio_la_pata|no_hizo|no_hicieron|no_ha_hecho|
    no_han_hecho|lo_hizo_mal|lo_hicieron_mal|la_rego|la_regaron|la_cago|la_cagaron|nos_fallo|
    nos_ha_fallado|nos_fallaron|no_cumplio|no_cumplieron|no_cumple|no_hace_su_trabajo|no_hacen_su_trabajo|
    no_nos_avisa|no_nos_aviso|no_nos_avisaron|no_nos_responde|no_nos_responden|no_nos_contesta|
    no_nos_contestan|no_nos_hace_caso|no_nos_hacen_caso|no_nos_dice|nunca_contesta|nunca_contestan|
    siempre_hace|siempre_hacen|siempre_igual|siempre_se_equivoca|siempre_se_equivocan|tiene_la_culpa|
    tienen_la_culpa|tuvo_la_culpa|tuvieron_la_culpa|es_un_desastre|son_un_desastre|funciona_fatal|
    funciona_mal|van_fatal|van_a_su_bola|pasan_de_todo|no_se_entera|no_se_enteran|es_quien_fallo|
    son_los_responsables|es_el_responsable|es_la_responsable|perdio_tu|perdio_su|olvido|la_embarro|
    la_embarraron|nunca_hace|nunca_hacen|no_dan_una|no_paso_el|no_te_hicieron
te|le|os|les|nos atendio|informo|atendieron|informaron|dijeron|explico|explicaron|vendio|vendieron|dio|
    dieron ~2 mal|fatal|incorrectamente|erroneamente|la_informacion_equivocada|informacion_equivocada|
    informacion_incorrecta ~4 <colleague>|<unit>
-si|sabemos|que eso|esto|ese_tema|este_tema|tu_caso|su_caso|es|la_incidencia|el_asunto [ya] es|depende|
    corresponde|compete|le_toca|toca|lo_lleva|lo_llevan [a|de|del] [cosa|tema|asunto|competencia|
    responsabilidad|problema|trabajo] [de|del] otro_departamento|otra_area|otro_equipo|otra_empresa|
    otros_companeros|otro_lado|otra_seccion|otra_oficina|<unit> !y_nos|que_ya|y_ya|y_lo|pero_nos|quien_ya|
    por_lo_que_hemos|y_hemos|asi_que_se_lo
no_es|no_fue|no_ha_sido|tampoco_es [solo] culpa|error|fallo|responsabilidad|tema|asunto|cosa|problema|
    falta ~1 nuestro|nuestra|mia|mio|de_nosotros|nuestros
no_somos|no_depende|no_dependen|no_corresponde|no_es_cosa|no_es_tema|no_es_asunto|no_nos_compete|
    no_nos_corresponde|no_nos_toca|no_me_toca|no_me_corresponde|no_me_compete|no_tenemos_la|no_tengo_la|
    no_es_nuestra|no_fue_nuestra|no_ha_sido_nuestra|no_es_mi|no_fue_mi|no_es_nuestro|no_fue_nuestro|
    no_ha_sido_nuestro [de|nuestro|nuestra|mi|culpa|responsabilidad|la|el] ~1 culpa|responsabilidad|
    responsables|los_responsables|los_culpables|nosotros|mi|nosotras|error|fallo|departamento|area|
    trabajo|negociado|competencia|cosa_nuestra|asunto_nuestro|tema|asunto|equipo|nuestra|problema|
    incidencia
no_nos_compete|no_nos_corresponde|no_nos_toca|no_depende_de_nosotros|no_depende_de_mi|
    no_podemos_hacernos_responsables|no_nos_hacemos_responsables|no_nos_hacemos_cargo|nosotros_no_tenemos|
    nosotros_no_somos|nosotros_no_hemos|nosotros_no_fuimos|yo_no_tengo_la_culpa|yo_no_fui|
    nosotros_no_tuvimos|nos_lavamos_las_manos|nosotros_solo_somos|solo_somos_intermediarios|
    ajeno_a_nosotros|ajena_a_nosotros|ajenos_a_nosotros|ajenas_a_nosotros|no_tuvimos_nada_que_ver|
    no_tenemos_nada_que_ver|nada_que_ver_con_nosotros ~1
reclama|reclame|quejate|quejese|pregunta|pregunte|pregunta_le|exige|exija|reclamale|reclamele|preguntale|
    preguntele|pideselo|pidaselo|dile|digale|diselo|digaselo|habla_con|hable_con ~2 <unit>|<colleague>
    !nos|y_nos|para_que
quien_te|quien_le|el_que_te|la_que_te|el_que_le|quienes_te|los_que_te|lo_que_te ~3
    atendio|informo|dijo|vendio|dijeron|atendieron ~2 se_equivoco|no_sabe|no_sabia|no_tenia_ni_idea|
    no_tiene_ni_idea|se_confundio|mintio|te_mintio|estaba_equivocad*|no_se_entera|mal|esta_mal|
    se_equivocaron
""",
}
