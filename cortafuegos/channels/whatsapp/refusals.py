"""What WhatsApp says when it says no. Codes as read on 2026-11-22 in Meta's list of Cloud API errors and
in pywa 4.5; what is not in here is judged as the Graph API's own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from cortafuegos.channels.contract import SendError
from cortafuegos.channels.meta import errors
from cortafuegos.channels.meta.errors import Denied, OutsideWindow, Problem, Verdict, says

PAIR_WAIT = 6.0  # seconds: about one message in six seconds to one person
HOUR = 3600.0


def _denied(sentence: str) -> Verdict:
    return lambda problem: Denied(gettext(sentence), problem)


_UNREACHABLE = says(
    gettext_noop("This person cannot be reached on WhatsApp: no account, an old app, or terms not accepted.")
)
_TEMPLATE = says(
    gettext_noop("WhatsApp does not know this template in this language, or has not approved it.")
)
_VALUES = says(gettext_noop("The words for the template do not fit its places."))
_STOPPED = says(gettext_noop("WhatsApp has stopped this template because people complained about it."))
_FILE = says(gettext_noop("WhatsApp could not take the file."))
_SHAPE = says(gettext_noop("WhatsApp refuses what was sent as wrongly made."))
_TROUBLE = says(gettext_noop("WhatsApp has trouble of its own."), permanent=False, lost=True)
_PACE = gettext_noop("WhatsApp asks us to slow down.")
_LOCKED = _denied(gettext_noop("WhatsApp has locked this business account. Look in WhatsApp Manager."))
_NUMBER = _denied(gettext_noop("This number is no longer registered. Look in WhatsApp Manager."))

VERDICTS: Mapping[tuple[int, int], Verdict] = {
    **errors.VERDICTS,
    (100, 0): _SHAPE,
    (130429, 0): says(_PACE, permanent=False, wait=5.0),
    (130472, 0): says(gettext_noop("WhatsApp keeps this from the person for an experiment of its own.")),
    (130497, 0): says(gettext_noop("WhatsApp does not let this account write to people in that country.")),
    (131000, 0): _TROUBLE,
    (131005, 0): _denied(gettext_noop("The token lacks a permission of WhatsApp's. Connect again.")),
    (131008, 0): _SHAPE,
    (131009, 0): _SHAPE,
    (131016, 0): _TROUBLE,
    (131021, 0): says(gettext_noop("A number cannot write to itself.")),
    (131026, 0): _UNREACHABLE,
    (131030, 0): says(gettext_noop("A test number only writes to the numbers on its list.")),
    (131031, 0): _LOCKED,
    (131037, 0): _denied(gettext_noop("WhatsApp has not approved the name of this number yet.")),
    (131042, 0): says(gettext_noop("WhatsApp cannot charge for this. See to the payment in its Manager.")),
    (131045, 0): _NUMBER,
    (131047, 0): says(
        gettext_noop("More than 24 hours have passed since this person wrote. Only a template may go."),
        OutsideWindow,
    ),
    (131048, 0): says(
        gettext_noop("WhatsApp slows this number down because people complained about it."),
        permanent=False,
        wait=HOUR,
    ),
    (131049, 0): says(gettext_noop("WhatsApp keeps this back: the person gets much of its kind already.")),
    (131050, 0): says(gettext_noop("This person wants no marketing messages from us.")),
    (131051, 0): _SHAPE,
    (131052, 0): _FILE,
    (131053, 0): _FILE,
    (131056, 0): says(_PACE, permanent=False, wait=PAIR_WAIT),
    (131057, 0): says(gettext_noop("WhatsApp is working on this account."), permanent=False, wait=300.0),
    (131062, 0): says(gettext_noop("This needs a phone number, and the person shows none.")),
    (132000, 0): _VALUES,
    (132001, 0): _TEMPLATE,
    (132005, 0): _VALUES,
    (132007, 0): _TEMPLATE,
    (132008, 0): _VALUES,
    (132012, 0): _VALUES,
    (132015, 0): _STOPPED,
    (132016, 0): _STOPPED,
    (132018, 0): _VALUES,
    (133010, 0): _NUMBER,
    (135000, 0): _SHAPE,
    (137000, 0): says(gettext_noop("This person's identity has changed, and was not confirmed.")),
}  # fmt: skip


def sentence(problem: Problem) -> str:
    """Why a message failed after WhatsApp had taken it, in plain words."""
    error = errors.judge(problem, writing=False, verdicts=VERDICTS)
    return error.reason if isinstance(error, SendError) else str(error)
