"""Words of regret, and the hollow ones that regret nothing."""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.guard.rules.tone.lexicon import any_of

# Regret for the person's trouble, in any grade: "we are sorry", "that should not have happened".
REGRET: Mapping[str, str] = {
    "said": """
-me|nos|te|se|os lamento|lamentamos|lamentando !informar*|comunicar*|decir*|indicar*|no_poder
lamentar|lamentable_que|muy_lamentable|es_lamentable
-me|nos|te|se|os|como siento|sentimos !informar*|comunicar*|decir*|indicar*|que_no_podamos|
    que_no_estes_de|orgull*
nos_sentimos|me_siento ~2 mal|apenad*|avergonzad*|fatal|terrible
sentir que|mucho|lo
disculpa|disculpas|disculpe|disculpen|disculpad|disculparnos|disculparme|disculpanos|disculpenos
disculpame|disculpeme|disculpamos|disculpandonos
perdon|perdona|perdone|perdonen|perdonad|perdonanos|perdonenos|perdoname|perdonar
apena|duele|entristece|averguenza ~3 lo|que|saber|leer|escuchar|oir|ver|esto|tu|su|mucho
nos|me apena|duele|entristece|averguenza|sabe_mal|sabe_fatal|sabe_muy_mal|disgusta|da_rabia|da_coraje
nos|me da ~2 pena|verguenza|coraje|rabia|tristeza|lastima
que pena|rabia|faena|mal|lastima|fastidio|lata|macana|bajon|chasco|feo|coraje|horror|verguenza|embole|
    garron|putada|mala_onda|mal_rato|mala_experiencia|injusto|mala_pata|mala_suerte|tristeza|desastre|
    terrible|disgusto|molesto|incomodo
pena_contigo|pena_con_usted|mucha_pena|pesar|arrepentimos|arrepiento|imperdonable
vaya faena|chasco|fastidio|mal_rato|rabia|disgusto|lio|trastorno|decepcion
no|nunca|jamas [nos|te|le] ~1 deberia|debio|debia|tendria|tenia|debieron|debiste|debiera ~1 haber*|pasar*|
    ocurrir*|suceder*|ser|vivir*|esperar*|que
no [es|fue|era|ha_sido] ~2 experiencia|servicio|atencion|trato|nivel ~4 queremos|merec*|buscamos|ofrecer*|
    gustaria|dar*|brindar*|esper*
no es [lo] ~1 que|como ~2 queremos|querriamos|queriamos|buscamos|gusta|gustaria|mereces|merece|
    pretendemos|esperas|esperamos
no nos gusta ~1 que|leer|saber|ver|nada|esto
no_esta|no_estuvo|estuvo_mal|no_estuvimos|hicimos_mal|lo_hicimos_mal|fallamos|te_fallamos|le_fallamos|
    hemos_fallado|te_hemos_fallado ~1 bien|a_la_altura|mal|esta|esto|y|en|con|contigo
te_fallamos|le_fallamos|hemos_fallado|fallamos|te_hemos_fallado|nos_equivocamos|nos_hemos_equivocado|
    metimos_la_pata|hemos_metido_la_pata|la_regamos|la_cagamos
inaceptable|inadmisible ~2 que|lo|y|por|de
preocupa|preocupan lo|que|tu|su|leer|saber|mucho|esto
sentit*|sentimolo|sentimo-lo|lamentem|disculpeu|sento
sinto_muito|sentimos_muito|desculpe|desculpa|desculpas|desculpem|perdao|lamentavel|pedimos_desculpa
sorry|apologies|condolences|apologise|apologize|apologising|apologizing|apology|apologises|apologizes|
    apologised|apologized|sincerest_apologies|oops|whoops
saddens|pains|hurts|breaks|grieves ~2 us|me|heart|hearts
-not|no|don't|never regret|regrets !to_inform|to_advise|to_tell|to_say
forgive|pardon us|me|this|the|our|any
hate|sad|saddened|upset|dismayed|disappointed|gutted|concerned|distressed|horrified|ashamed|mortified|
    hated|troubled|disheartened|heartbroken|shocked [really] to|that|about|by|when|we|at
hate|dislike it|this|that|seeing|hearing|reading|when|knowing
not|never|n't what|how|why|something|the|an|our ~3 we|you|travel|service|impression ~3 hear|see|want|like|
    expect|wanted|aim|hope|hoped|deserve|strive|intend|intended|intention|do|love
isn't|wasn't|not|aren't|isnt|wasnt ~1 the|what|how|our|an|good|great|ok|okay|acceptable|right|ideal|cool|
    fun|up
don't|doesn't|never|didn't|dont want|like|love|intend|enjoy ~2 you|to|that|this|it|hearing|seeing|anyone|
    our|any|the_sound
should|shouldn't|shouldnt never|have|not ~2 happened|happen|been|had|experienced|dealt
oh no|dear|man|gosh|wow
that's|that|this|how is|must|sounds|isn't|wasn't|sounded|does|awful|terrible|frustrating|horrible|
    disappointing|upsetting|unfortunate|annoying|concerning ~3 awful|terrible|frustrating|horrible|
    disappointing|upsetting|unfortunate|annoying|concerning|bad|rough|sad|unacceptable|worrying|stressful|
    scary|strange|disheartening|horrendous|tough|heartbreaking|lousy|unpleasant
awful|terrible|horrible|unfortunate|disappointing|frustrating|disheartening ~1 to|that|news|experience
yikes|ouch|ugh|eek|uh_oh|uh-oh|bummer|crikey|aw|aww|bugger
we|i let_you_down|fell_short|failed_you|messed_up|got_this_wrong|got_it_wrong|dropped_the_ball|screwed_up
we_have|we've|i've|have|i_have let_you_down|fallen_short|failed_you|messed_up|got_this_wrong|got_it_wrong|
    let_down
our|my bad|fault|mistake|error
inexcusable|unacceptable|regrettable|regretful|shame|pity
wish ~3 hadn't|could|different|better
""",
}

_REGRETS = (
    "lamento|lamentamos|siento|sentimos|lo_siento|lo_sentimos|sentimos_mucho|lo_sentimos_mucho|"
    "lamentamos_mucho|"
    "siento_mucho|lo_siento_mucho|disculpa|disculpas|disculpe|disculpen|perdon|perdona|perdone|perdonen|"
    "nos_apena|"
    "apena|disculparnos|perdonanos|disculpanos|disculpenos|disculpame|disculpeme|pena|lastima"
)
_SORRY = "sorry|apologies|apologise|apologize|apology|regret|regrets|apologising|apologizing"
_FEELING = any_of(
    """
    sient* sienta* sintio sintieron sintiera sintieran sintieras sentiste sentido sentida sentis
    sentirte sentirse ofend* molestad* molestar* molesto molesta molestos molestas moleste molestes
    molesten molestase enfad* enoj* disgust* incomod* percib* interpret* malinterpret* perciba perciben
    consider* piens* pens* crea creas crean opin* entend* entiend* decepcion* defraud* confund* parec*
    parezc* tomado_mal tomado_a_mal indign* irrit* perturb*
    """
)

# What makes "sorry you felt alone" an honest one: it says in the same reply that they were right to.
OWNED: Mapping[str, str] = {
    "owned": """
no|nunca nos|te|le|os [lo] ~1 deb*|tendri*|debimos|debio
no debimos|debio|debia|tendria|tenia_que|deberia|deberiamos ~2
es|fue|ha_sido|era [la|el|toda|todo] nuestra|nuestro|mia|mio|culpa_nuestra|culpa_mia|fallo_nuestro|
    error_nuestro|responsabilidad_nuestra
culpa|error|fallo|falla|responsabilidad es|fue|ha_sido nuestr*
te_fallamos|le_fallamos|fallamos|hemos_fallado|te_hemos_fallado|nos_equivocamos|nos_hemos_equivocado|
    me_equivoque|metimos_la_pata
tienes|tiene|tenes|llevas|lleva [toda] [la] razon|motivos
con_razon|con_toda_la_razon|no_es_para_menos|lo_entendemos|lo_entiendo|es_logico|es_comprensible|
    yo_tambien_lo_estaria|nosotros_tambien_lo_estariamos|te_ignoramos|le_ignoramos|mereces|merece|merecias|
    merecia
porque ~2 te|le|os ~2 hicimos|dejamos|tratamos|ignoramos|fallamos|atendimos|respondimos|contestamos
our|my [own] fault|mistake|error|responsibility|doing
you_were|you're_right|you_are_right|you_have_every|you_had_every|you_deserve|you_deserved|that's_on_us|
    that_is_on_us|it's_on_us|it_was_on_us|rightly_so|understandably|we_let_you|we_should_have|we_should've|
    we_failed|i_would_be_too|i'd_be_too|we_would_be_too|so_would_i|we_got_it_wrong|we_got_this_wrong|
    we_messed_up|shouldn't_have|should_not_have|should_never
""",
}

HOLLOW: Mapping[str, str] = {
    # "Sorry if ...": the trouble itself is put in doubt. Our own courtesy ("perdona si insistimos") is not.
    "conditional": f"""
-pregunta|preguntamos|si {_REGRETS} =5 +si|por_si !te_hac*|te_hag*|le_hac*|le_hag*|os_hac*|
    te_hemos_hecho_repetir|insist*|
    te_pedimos|te_preguntamos|le_pedimos|le_preguntamos|ya_te|ya_le|ya_nos|ya_lo|volvemos|pregunt*|repet*|
    necesit*|puedes|puede|podes|quieres|quiere|gustas|gusta|gustan|te_parece|nos_puedes|nos_das|tarda*|
    tarde|te_es_posible|nos|tienes|tiene|aun|todavia|sigues|sigue|ademas
-no {_REGRETS} ~6 en_caso_de|en_el_caso_de|en_caso_que|de_haber|de_haberte|de_haberle|de_haberles|
    si_es_que|si_acaso|siempre_que|en_la_medida !que_necesit*|que_quier*|dudas|duda|que_no_l*
{_REGRETS} ~6 a_quien|a_quienes|a_los_que|a_aquellos_que|a_las_personas_que|a_todo_el_que ~4 {_FEELING}
-not|why|hardly {_SORRY} =4 +if !we_need|we_ask|i_ask|you've_already|you_have_already|you_already|
    we_already|we've_already|this_is_a_repeat|we're_asking|we_sound|i_sound|this_sounds|we_keep|you_can|
    you_could|you_need|you'd_like|you_would_like|you_want|we're_late|we_are_late
-not {_SORRY} ~5 should_you|to_anyone|to_anybody|to_those|to_whoever|in_case|for_whatever|in_the_event
    !need|have_any|require|want|wish|you_need
desculpe|desculpas|desculpa|sentimos_muito se|caso !precis*|quis*
regret|sorry|apologise|apologize ~3 any_offense|any_offence|any_upset|any_hurt_feelings
""",
    # The regret is for how the person took it, not for what was done.
    "shifted": f"""
{_SORRY} ~2 you|that_you found|find|consider|thought ~4 offensive|upsetting|inappropriate|rude|
    insensitive|disrespectful|unfunny|hurtful
{_SORRY} ~2 you|that_you took|take|read|saw [it|this|that|our_words|our_reply]
    the_wrong_way|personally|badly|to_heart
{_REGRETS} ~3 que ~1 te|le|les|os|se|lo|la|usted|esto|eso|nuestra|nuestro !hayamos|hallamos|hicimos ~4
    {_FEELING} !mal_servicio|nuestro|nuestra|sin_servicio|un_trato|una_atencion|este_trato|esta_atencion|
    un_mal|una_mala|el_retraso|la_demora|con_la_demora|por_la_demora|por_el_retraso|obligad*
{_REGRETS} ~3 que ~2 pienses|piense|piensen|creas|crea|crean|creais|opines|opine|opinen|consideres|
    considere|consideren|veas|vea|lo_vean|percibas|perciba|interpretes|interprete|hayas_entendido|
    haya_entendido|entendieras|entendiera|entiendas_mal|malinterpretaras|malinterpretara !en|en_irte|irte|
    dejarnos|marcharte|cambiar*|cancelar|la_posibilidad|darte|darse
{_REGRETS} ~3 que ~2 estes|este|esten|esteis|estas ~2 molest*|enfadad*|enojad*|enojo|disgustad*|
    descontent*|disconforme*|inconforme*|ofendid*|cabread*|alterad*|frustrad*|indignad*|decepcionad*|
    bravo|brava|enchilad*|encabronad*|picad*
{_REGRETS} ~3 que no ~3 gust*|agrad*|satisf*|entend*|entiend*|comprend*|compart*|le*|supier*|sepa*|
    acuerdo|conform*|content*
{_REGRETS} ~2 tu|su|vuestra|tus|sus ~1 percepcion|opinion|interpretacion|sensacion|sensaciones|
    punto_de_vista|impresion|sensibilidad|confusion|malentendido|enfado|enojo|reaccion|forma_de_ver*|
    manera_de_ver*|sentir|apreciacion|desconocimiento
-we|i|we'd|i'd|we'll|will|to|let|know|how|when|if {_SORRY} ~3 you|that_you|your_family|to_hear_you|
    to_hear_that_you|to_see_you|to_see_that_you|to_learn_you ~2 feel|feeling|felt|think|thought|believe|
    took|perceived|perceive|interpreted|misunderstood|misinterpreted|misread|view|viewed|see|saw|found_it|
    got_upset|took_offense|took_offence|considered !bad|unwell|sick|ill|our|the_wait|yourself|signs|
    this_message|this_error|an_error|the_error|error|under_the_weather|this_on
{_SORRY} ~3 you|that_you|you're|that_you're|to_hear_you're|to_hear_you ~2 upset|offended|angry|annoyed|
    mad|displeased|dissatisfied|unhappy|bothered|offence|offense
{_SORRY} ~2 you ~1 didn't|did_not|don't|do_not|weren't|aren't ~1 like|enjoy|agree|understand|happy|
    satisfied|pleased|appreciate !the_service|your_flight|your_stay|your_meal|your_trip|your_visit|
    the_food|your_experience
{_SORRY} ~3 the_way_you_feel|the_way_you_felt|the_way_you_took|the_way_you_see|how_you_feel|how_you_felt|
    how_you_took|how_you_see|your_perception|your_misunderstanding|your_confusion|your_interpretation|
    your_reaction|your_feelings|your_opinion|your_view ~1
{_SORRY} ~4 it_was|this_was|that_was|it_came|this_came|that_came|our_words|our_message|our_post|our_tweet
    ~4 taken|perceived|interpreted|across|misunderstood|misinterpreted|misconstrued|offended
{_REGRETS} ~4 se_haya|se_ha|haya_sido|fuera|fuese|haya ~2 malinterpretad*|interpretado_mal|interpretad*|
    malentendid*|entendido_mal|tomado_a_mal|tomado_mal
""",
    # An apology taken back in the same breath.
    "but": f"""
{_REGRETS} ~3 pero ~4 no_es_culpa|no_es_nuestra|no_fue_culpa|no_fue_nuestra|no_podemos_hacer_nada|
    no_depende|no_es_responsabilidad|no_somos_responsables|no_hay_nada_que|es_tu_responsabilidad|
    es_su_responsabilidad|la_culpa|no_es_para_tanto|deberias|deberia|debiste|debio|tenias_que|tenia_que|
    usted_no|tu_no|es_lo_que_hay|asi_son|asi_es|las_normas_son|las_reglas_son|no_es_asunto
{_SORRY} ~2 but ~4 not_our_fault|not_our_problem|nothing_we_can_do|nothing_to_do_with_us|you_should|
    you_should've|you_didn't|you_failed|not_our_responsibility|rules_are_rules|that's_how_it|
    that_is_how_it|policy_is_policy|your_fault|not_responsible|you_knew|you_agreed|you_signed
""",
    # "any trouble this may have caused": the trouble is only supposed.
    "supposed": f"""
{_REGRETS} ~5 molestia|molestias|inconveniente|inconvenientes|inconveniencia|inconvenientes|perjuicio|
    perjuicios|trastorno|trastornos|malestar|contratiempos|incomodidad =5 +pueda|puedan|pudo|pudiera|
    pudieran|pudiese|pudiesen|haya_podido|hayan_podido|hayamos_podido|podido|podriamos_haber|pudimos|
    podido_ocasionar*|podido_causar*
{_SORRY} ~4 inconvenience|trouble|confusion|upset|frustration|distress|offence|offense|disappointment|
    inconveniences =4 +may|might|could_have|may've|might've
""",
}
