"""What a customer is told they did wrong, or left undone, in Spanish."""

from __future__ import annotations

from cortafuegos.guard.rules.tone.lexicon import any_of

WRONG = any_of(
    """
    mal incorrecto incorrecta incorrectos incorrectas incorrectamente equivocado equivocada erroneo
    erronea erroneos erroneamente al_reves inapropiadamente indebidamente
    """
)

DONE = any_of(
    """
    puso introdujo ingreso escribio digito envio tecleo relleno lleno completo configuro uso instalo dio
    hizo eligio compro pidio proporciono registro tramito solicito selecciono marco reservo conecto
    anoto capturo informo facilito interpreto entendio leyo dejo has_puesto ha_puesto has_introducido
    ha_introducido has_hecho ha_hecho has_escrito ha_escrito has_dado ha_dado has_rellenado ha_rellenado
    has_configurado ha_configurado has_usado ha_usado has_instalado ha_instalado has_marcado has_elegido
    ha_elegido has_enviado ha_enviado has_indicado ha_indicado has_reservado ha_reservado has_entendido
    ha_entendido has_leido ha_leido has_interpretado ha_interpretado pusiste introdujiste ingresaste
    escribiste digitaste enviaste tecleaste rellenaste llenaste completaste configuraste usaste
    instalaste diste hiciste elegiste compraste pediste proporcionaste registraste tramitaste
    solicitaste seleccionaste marcaste reservaste conectaste anotaste capturaste informaste facilitaste
    interpretaste entendiste leiste dejaste metiste mandaste indicaste
    """
)

OMITTED = any_of(
    """
    leiste leyo has_leido ha_leido te_leiste seguiste siguio has_seguido ha_seguido avisaste aviso
    has_avisado ha_avisado revisaste reviso has_revisado ha_revisado comprobaste comprobo has_comprobado
    ha_comprobado verificaste verifico has_verificado ha_verificado actualizaste actualizo
    has_actualizado ha_actualizado hiciste_caso hizo_caso atendiste atendio prestaste_atencion
    presto_atencion contestaste contesto estabas estaba llamaste llamo cancelaste cancelo cumpliste
    cumplio has_cumplido ha_cumplido te_fijaste se_fijo te_has_fijado se_ha_fijado te_informaste
    se_informo te_presentaste se_presento llegaste_a_tiempo llego_a_tiempo pagaste_a_tiempo
    pago_a_tiempo respondiste respondio entendiste entendio has_entendido ha_entendido entiendes
    entiende entendes entendeis leyeron leisteis preguntaste pregunto supiste supo sabes_usar sabe_usar
    has_hecho_bien ha_hecho_bien hiciste_bien hizo_bien facilitaste facilito diste dio rellenaste_bien
    guardaste guardo comprendiste comprendio solicitaste_a_tiempo reclamaste reclamo_a_tiempo sigues
    sigue_los sigue_las lees lee_bien has_tenido_cuidado tuviste_cuidado tuvo_cuidado respetaste respeto
    has_respetado ha_respetado nos_avisaste nos_aviso nos_llamaste nos_llamo nos_has_avisado
    nos_ha_avisado nos_informaste nos_informo nos_diste nos_dio nos_has_dado nos_ha_dado nos_contestaste
    nos_contesto proporcionaste proporciono has_proporcionado ha_proporcionado lo_leiste lo_leyo
    las_leiste las_leyo los_leiste los_leyo lo_revisaste lo_reviso confirmaste confirmo has_confirmado
    ha_confirmado
    """
)
