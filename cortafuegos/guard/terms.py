"""Whether words name a time: a day, an hour, a span; or now. For Spanish and English, folded."""

from __future__ import annotations

import re

_NUMBER = (
    r"\d{1,3}|una?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|diez|quince|veinte|treinta|media|unas|unos|"
    r"pocas|pocos|an?|one|two|three|four|five|six|seven|ten|few|couple\sof|next"
)
_UNIT = (
    r"seg(?:undo)?s?|min(?:uto)?s?|minutes?|mins|h|hs|hrs?|horas?|hours?|dias?|days?|semanas?|weeks?|rato"
    r"|moment"
)
_DAY = (
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday"
)
_MONTH = (
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    r"january|february|march|april|june|july|august|september|october|november|december"
)
_TIME = re.compile(
    rf"\b(?:(?:hoy|manana|today|tonight|tomorrow|tmrw|{_DAY})\b"
    r"|(?:esta|este)\s(?:misma?\s)?(?:tarde|noche|manana|semana|mes|mediodia)\b"
    r"|this\s(?:morning|afternoon|evening|week|weekend|month)\b"
    r"|(?:proxim[oa]s?|siguientes?)\s(?:dia|hora|semana|mes|minuto|\d)|(?:semana|mes)\sque\sviene\b"
    r"|next\s(?:week|month|business)\b|fin\sde\s(?:semana|mes)\b|end\sof\s(?:the\s)?(?:day|week)\b|eod\b"
    r"|(?:a|al|de)\s?(?:primera|ultima|lo\slargo\sdel)\s(?:hora|dia)|(?:first\sthing|by\sclose|medio\s?dia)\b"
    rf"|(?:{_NUMBER})\s?(?:(?:[-/a]|to|y|o|or)\s?\d{{1,3}}\s?)?(?:(?:business|working)\s)?(?:{_UNIT})\b"
    r"|(?:business|working)\s(?:hours|days)\b|dias\s(?:habiles|laborables)\b"
    r"|a\slas?\s\d|antes\sde(?:l|\slas?|\sfin)?\s(?!nada|todo)\w|hasta\s(?:el|las?)\s|el\s(?:dia\s)?\d{1,2}\b"
    rf"|\d{{1,2}}\sde\s(?:{_MONTH})\b|(?:{_MONTH})\s\d|\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}[:.]\d\d|\d{{1,2}}/\d{{1,2}}"
    r"|(?:within|by\s(?:noon|midday|midnight|\d)|at\s(?:noon|\d))\b|\d{1,2}\s?[ap]\.?m\b"
    rf"|plazo\b|(?:cada|every)\s(?:dia|hora|day|hour|{_DAY}|\d)|daily\b|a\sdiario\b)"
)
_NOW = re.compile(
    r"\b(?:ahora|ya\smismo|enseguida|en\sseguida|(?:en|al)\s(?:un\s)?(?:momento|momentito|instante)|de\sinmediato"
    r"|inmediatamente|ahorita|right\s(?:now|away)|straight\saway|immediately|now)\b"
)


def names_a_time(folded: str) -> bool:
    """``folded``: small letters without accents (``guard.text.fold``). "Soon" and "as soon as we know"
    name none."""
    return bool(_TIME.search(folded))


def says_now(folded: str) -> bool:
    return bool(_NOW.search(folded))
