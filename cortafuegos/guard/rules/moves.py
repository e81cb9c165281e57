"""Where the customer is sent, and how often: once at most, and not without need."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard import asking
from cortafuegos.guard.moving import Move, moves
from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context, Finding, Severity

MOVES_ALLOWED = 1  # demand B1
DMS_ALLOWED = 3  # demand B4
QUICK = 220  # characters of a question that a message or two answers
_SIMPLE = {"question", "praise", "info", "information", "suggestion", "pregunta", "consulta"}
# The customer's own file is needed, so a private place is: a move has its reason.
_NEEDS_THE_FILE = re.compile(
    r"\b(?:mi|mis|my)\s(?!(?:perr|gat|mascot|hij|beb|nin|bici|espos|mari|parej|madre|padre|mama|papa|dog|"
    r"cat|pet|kid|bab|"
    r"son|daughter|wife|husband|partner|bike|friend|mum|mom|own\b))\w"
    r"|\b(?:me|nos)\s(?:\w+\s){0,1}?(?:pueden|puede|podrian|van|hicieron|dieron|cobr|lleg|descont|activ|"
    r"envi|mand|deb)\w*"
    r"|\b(?:order|booking|account|refund|reembolso)\b"
    r"|\b(?:cobr|fraud|rob|hack|bloque|clon|stolen|charged|scam|refund|reembols|devoluc|denunci|demand)\w*"
)
# Trouble is looked into; only what anybody may know is answered on the spot.
_TROUBLE = re.compile(
    r"\b(?:no (?:puedo|me|funciona|deja|va|sirve|carga|abre|llega|entra|tengo|hay|se)|"
    r"falla|fallo|error|problema|caid[oa]|roto|mal|nunca|won't|can't|cannot"
    r"|doesn't|didn't|isn't|not working|down|broken|error|issue|problem|glitch\w*|crash\w*|"
    r"lost|missing|wrong|still|never|stuck|fail\w*)\b"
)
_ANYBODY_MAY_KNOW = re.compile(
    r"\b(?:a que hora|horarios?|abren?|abris|cierran?|cuanto (?:cuesta|cuestan|vale|valen|es|dura|tarda|"
    r"sale|salen|cobran)|"
    r"cuantos|que precio|precios?|tienen|teneis|tienes|venden|hay|va a haber"
    r"|acepta[ns]?|admit\w+|se puede|puedo (?:llevar|ir|pagar|usar)|que incluye|incluye|"
    r"sirve|cubre|hacen envios|que dias|descuento"
    r"|what time|opening hours|open|close|how much|price|do you (?:have|sell|take|offer|"
    r"accept|ship|do)|is there|are there|is it|is the|is breakfast|can i (?:bring|take|"
    r"pay|use)"
    r"|does (?:it|the)|what colou?rs?|what sizes?)\b"
)
_ASKS_THE_WAY = re.compile(
    r"\b(?:telefono|numero|llam\w+|correo|mail|email|e-mail|contact\w*|sucursal\w*|tiendas?|"
    r"oficinas?|direccion|donde|formulario|phone|call"
    r"|number|branch\w*|stores?|where|address|form|dm|md|privado)\b"
)
_REASON = re.compile(
    r"\b(?:(?:tu|su|your)\s(?:caso|case|account|cuenta|order|pedido)|seguridad|proteg\w+|proteccion|"
    r"confidencial\w*|privacidad|datos|firm\w+|identi\w+|"
    r"presencial\w*|solo|unicamente|por ley|security|secure|privacy"
    r"|protect\w*|identity|(?:your|account|personal|booking)\sdetails|only|sign|in person|solicitar\w*|"
    r"contratar\w*|reservar\w*|inscrib\w+|"
    r"apply|book(?:ing)?|order|enrol\w*|verif\w+|urgen\w+|ahora mismo|inmediat\w+|"
    r"emergenc\w+)\b"
)
_UNFINISHED = re.compile(
    r"(?:>{2,}|(?<!\.)\.\.\.?|…|,|\(?(?:cont(?:inua|inues)?|sigue)\.?\)?:?|\b(?:y|e|o|"
    r"pero|que|luego|despues|entonces|and|or|but|then|the|to|de|con))\s*$"
)
_BEGINS_IN_THE_MIDDLE = re.compile(r"\s*(?:>{2,}|\.\.\.|…|,|(?:y|e|o|pero|que|and|or|but|so)\s+[a-z])")
_PART = re.compile(r"(?<![\d/])([1-9])\s?/\s?([2-9])(?![\d/])\s*(?:\^\w+|[-–—*]\s?\w+)?\s*$")


def channel_moves(reading: Reading, context: Context) -> Iterable[Finding]:
    """A customer is moved at most once in a case."""
    before = _moved_before(context)
    if before >= MOVES_ALLOWED:
        for move in moves(reading.prose, public=reading.public):
            yield Finding("channel-moves", Severity.WARN, move.span, {"before": before})
            return


def needless_move(reading: Reading, context: Context) -> Iterable[Finding]:
    """Nobody is sent away with what two or three messages would settle here."""
    move = next(iter(moves(reading.prose, public=reading.public)), None)
    if move and not _has_its_reason(move, reading, context):
        yield Finding(
            "needless-move", Severity.WARN, move.span, {"variant": "public" if reading.public else "private"}
        )


def _has_its_reason(move: Move, reading: Reading, context: Context) -> bool:
    message = fold(context.message)
    if _ASKS_THE_WAY.search(message) or _REASON.search(reading.prose) or (context.urgency or 0) >= 3:
        return True
    if not reading.public:
        return move.way not in ("phone", "mail", "shop", "form", "chat") or not (message or context.history)
    if _NEEDS_THE_FILE.search(message) or any(True for _ in asking.asks(reading.prose)):
        return True
    if context.intent:
        return context.intent.lower() not in _SIMPLE
    quick = "?" in message and len(message) <= QUICK and not context.history
    return not (quick and _ANYBODY_MAY_KNOW.search(message) and not _TROUBLE.search(message))


def _moved_before(context: Context) -> int:
    """What is known, or what the brand's messages in this case show."""
    if context.channel_moves is not None:
        return context.channel_moves
    return sum(
        any(True for _ in moves(fold(entry.text), public=entry.public))
        for entry in context.history
        if entry.author == "agent"
    )


def dm_run(reading: Reading, context: Context) -> Iterable[Finding]:
    """At most three direct messages in a row, each understandable alone."""
    if reading.public:
        return
    run = _dms_in_a_row(context)
    whole = (0, len(reading.text))
    if run >= DMS_ALLOWED:
        yield Finding("dm-run", Severity.WARN, whole, {"variant": "many", "run": run})
    part = _PART.search(reading.text)
    cut = _UNFINISHED.search(reading.folded.rstrip()[-40:])
    if part:
        yield Finding("dm-run", Severity.WARN, part.span(), {"variant": "alone"})
    elif cut or _BEGINS_IN_THE_MIDDLE.match(reading.text):
        yield Finding("dm-run", Severity.WARN, whole, {"variant": "alone"})


def _dms_in_a_row(context: Context) -> int:
    if context.consecutive_dms is not None:
        return context.consecutive_dms
    run = 0
    for entry in reversed(context.history):
        if entry.public or entry.author != "agent":
            break
        run += 1
    return run


RULES: tuple[Rule, ...] = (channel_moves, needless_move, dm_run)
