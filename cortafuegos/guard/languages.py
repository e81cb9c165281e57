"""What a short text is written in, told by its function words.

A reply has tens of words, a third of them from a closed list that no other language shares: enough
to be sure, and nothing to load. It answers "" rather than guess (names, thanks, a link).
"""

from __future__ import annotations

from collections.abc import Sequence


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Folded: lower case, no accents. A word may stand in several; the sum decides.
WORDS: dict[str, frozenset[str]] = {
    "es": _set(
        """
        el la los las un una unos unas de del al y o que en por para con sin su sus tu tus te se
        lo le les nos me mi mis es son esta estan estas este esto eso ese esa hay ha han has he
        hemos ser estar fue muy mas pero como cuando donde quien porque ya no si tambien gracias
        hola buenos buenas dias tardes noches usted ustedes vos nuestro nuestra nuestros nuestras
        puedes puede pueden podes favor ayudarte ayudarle lamentamos sentimos siento disculpa
        disculpe cual cuanto hasta desde sobre aqui ahora hoy manana estamos tenemos tienes tiene
        tenes quieres quiere queremos haz hacer envianos enviamos mensaje privado saludos cuenta
        pedido vuelo tarjeta incidencia contigo conmigo
        """
    ),
    "en": _set(
        """
        the a an of to and or in on at for with without by is are was were be been am it its this
        that these those you your yours we our ours us i my me he she they them their not no yes
        do does did don't can can't could would will won't should have has had please thanks thank
        hi hello hey sorry if so but as from what when where which who how why there here let know
        help more about out up any some we're we'll we've you're you'll you've i'm i'll i've it's
        that's let's isn't doesn't didn't dm just get send
        """
    ),
    "pt": _set(
        """
        o a os as um uma uns umas do da dos das no na nos nas ao aos e ou que em por para com sem
        seu sua seus suas voce voces nao sim muito mais mas como quando onde quem porque ja tambem
        obrigado obrigada ola bom boa dia tarde noite esta estao foi sao ser estar nosso nossa
        pode podemos favor ajudar lamentamos sentimos isso isto esse essa ate sobre aqui agora
        hoje amanha temos tem tinha pelo pela gente pra conta pedido voo cartao mensagem te lhe
        """
    ),
    "ca": _set(
        """
        el la els les un una uns unes de del dels al als i o que en per amb sense seu seva teu
        teva et es ho li ens em mi son aixo aquest aquesta hi ha han hem fer estar va molt mes
        pero com quan on qui perque ja no si tambe gracies hola bon bona dia tarda nit voste
        vostes nostre nostra pots pot podem ajudar lamentem sentim fins sobre aqui ara avui dema
        tenim tens te missatge privat salutacions us plau ets esta estem vol volem
        """
    ),
    "gl": _set(
        """
        o a os as un unha uns unhas do da dos das no na nos nas ao aos e ou que en por para con
        sen seu sua teu tua te se lle lles me mi son isto iso este esta hai ten tenen temos ser
        estar foi moi mais pero como cando onde quen porque xa non si tamen grazas ola bos boas
        dia tarde noite vostede noso nosa podes pode podemos axudarche lamentamos sentimos ata
        sobre aqui agora hoxe manana mensaxe privada saudos conta pedimento voo tarxeta
        """
    ),
    "fr": _set(
        """
        le la les un une des de du au aux et ou que qui en pour par avec sans son sa ses ton ta
        tes votre vos notre nos vous nous je tu il elle on ce cette ces cela est sont etre avoir a
        ont ai avez avons ne pas plus mais comme quand pourquoi deja aussi merci bonjour bonsoir
        desole desoles desolee pouvez pouvons aider sur ici maintenant aujourd'hui demain message
        prive s'il plait c'est n'est j'ai d'un d'une l'equipe
        """
    ),
    "it": _set(
        """
        il lo la i gli le un uno una di del della dei delle al alla ai alle e o che in per con
        senza suo sua tuo tua ti si ci mi sono questo questa e' ha hanno abbiamo essere stare
        molto piu ma come quando dove chi perche gia non anche grazie ciao buongiorno buonasera
        nostro nostra puoi puo possiamo aiutare spiace dispiace scusa scusi fino su qui ora oggi
        domani messaggio privato saluti sei siamo
        """
    ),
    "de": _set(
        """
        der die das den dem des ein eine einen einem einer und oder dass in im an am auf fur mit
        ohne von vom zu zum zur bei ist sind war waren sein haben hat habe ihr ihre ihren ihnen
        sie wir uns unser unsere ich du dir dich dein deine nicht kein keine ja nein sehr mehr
        aber wie wann wo wer warum schon auch danke hallo bitte leid tut konnen kannst kann helfen
        uber hier jetzt heute morgen nachricht
        """
    ),
}
_OF: dict[str, tuple[str, ...]] = {}
for _code, _words in WORDS.items():
    for _word in _words:
        _OF[_word] = (*_OF.get(_word, ()), _code)

# How words end, for those that stand in no list. "nación" and "nation" are told apart by it.
ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "es",
        (
            "cion",
            "ciones",
            "iendo",
            "dad",
            "dades",
            "anos",
            "enos",
            "arte",
            "erte",
            "irte",
            "arle",
            "amos",
            "aron",
            "ieron",
        ),
    ),
    ("en", ("ing", "tion", "tions", "ly", "ght", "ness", "'ll", "'re", "'ve", "n't", "ould", "ed")),
    ("pt", ("cao", "coes", "dade", "agem", "inho", "aram", "eram", "ndo", "amos")),
    ("fr", ("eux", "ment", "tion", "ions", "ez", "aient")),
    ("it", ("zione", "zioni", "ato", "ita", "iamo", "mente")),
    ("de", ("ung", "lich", "keit", "heit", "gen", "ten", "chen", "sch")),
    ("ca", ("cions", "tat", "ament", "esc")),
)
_ENDS: dict[str, list[str]] = {}
for _code, _endings in ENDINGS:
    for _ending in _endings:
        _ENDS.setdefault(_ending, []).append(_code)

MOST_WORDS = 400
SHARES = (0.0, 1.0, 0.6, 0.4)  # what a word tells that stands in so many languages; 0.25 in more
ENDING = 0.5
SURE = 1.6  # of evidence
AHEAD = 1.35  # times the next language
_ITS_OWN = (("es", "¿¡ñ"), ("pt", "ãõ"), ("de", "ß"), ("fr", "œ"))
OWN_LETTER = 1.0


def of(words: Sequence[str], prior: str = "", text: str = "") -> str:
    """Two letters, or "" when it is not sure. ``words`` are folded; ``text`` may show letters that only
    one language has. A shared word counts for each language by its share; ``prior`` breaks a near tie."""
    sums: dict[str, float] = {}
    for word in words[:MOST_WORDS]:
        codes: Sequence[str] = _OF.get(word, ())
        worth = SHARES[len(codes)] if len(codes) < len(SHARES) else 0.25
        if not codes and len(word) > 4:
            codes = next((_ENDS[word[-n:]] for n in (6, 5, 4, 3, 2) if word[-n:] in _ENDS), ())
            worth = ENDING / len(codes) if codes else 0.0
        for code in codes:
            sums[code] = sums.get(code, 0.0) + worth
    for code, letters in _ITS_OWN:
        if any(letter in text for letter in letters):
            sums[code] = sums.get(code, 0.0) + OWN_LETTER
    if not sums:
        return ""
    ranked = sorted(sums.items(), key=lambda one: -one[1])
    best, most = ranked[0]
    if most < SURE:
        return ""
    if len(ranked) > 1 and most < ranked[1][1] * AHEAD:
        return prior if prior in (best, ranked[1][0]) else ""
    return best


# Pairs that a short text does not tell apart, or whose speakers read each other.
SPOKEN_AS_ONE = frozenset({frozenset(("pt", "gl")), frozenset(("es", "gl"))})
