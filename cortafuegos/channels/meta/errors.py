"""What the Graph API says when it says no, in the contract's words.

Codes and subcodes as read on 2026-11-20 in Meta's pages on handling errors, on the Send API and on
rate limits. A network beside this one (WhatsApp) brings its own table and falls back on this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

from cortafuegos.channels.contract import Json, Refused, SendError

WAIT_UNTOLD = 60.0  # seconds, when a limit is hit and no end is named
WAIT_BLOCKED = 3600.0
LONGEST_WAIT = 3600.0
LIMITS = frozenset({4, 17, 32, 341, 613, *range(80_000, 80_015)})
TOKEN = frozenset({102, 190})
PERMISSION = frozenset({10, *range(200, 300)})
PASSING = frozenset({1, 2})  # Meta's own trouble; what was asked may have been done


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal. ``message`` may quote what was sent: it goes into no log and no alarm."""

    status: int
    code: int = 0
    subcode: int = 0
    transient: bool = False
    message: str = ""
    trace: str = ""  # fbtrace_id, what Meta's support asks for
    wait: float = 0.0  # seconds until the limit ends, where a header tells


class Denied(Refused):
    """The credentials no longer hold, or lack a permission."""

    def __init__(self, sentence: str, problem: Problem) -> None:
        super().__init__(sentence)
        self.problem = problem


class Failed(SendError):
    """The Graph API did not do it."""

    def __init__(
        self,
        sentence: str,
        problem: Problem,
        *,
        permanent: bool = True,
        lost: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(sentence, permanent=permanent, lost=lost, retry_after=wait)
        self.problem = problem


class Gone(Failed):
    """There is no such object (any more), or it is not shown to us."""


class OutsideWindow(Failed):
    """Too late: the time in which this person may be written to is over."""


Verdict = Callable[[Problem], Exception]


def says(sentence: str, kind: type[Failed] = Failed, **how: Any) -> Verdict:
    """A verdict with a sentence marked for translation."""
    return lambda problem: kind(gettext(sentence), problem, **how)


_GONE = says(gettext_noop("It no longer exists there: deleted, or hidden from this account."), Gone)
_WINDOW = says(
    gettext_noop("Too late: Meta's time for answering this person in private is over."), OutsideWindow
)
_PERSON = says(gettext_noop("This person cannot be reached: gone, or blocks messages from this account."))
_ONCE = says(gettext_noop("This comment was answered in private already. Meta allows it once."))
_NOT_PRIVATE = says(gettext_noop("Meta does not let this be answered in private."))

# (code, subcode); subcode 0 stands for any.
VERDICTS: Mapping[tuple[int, int], Verdict] = {
    (100, 33): _GONE,
    (100, 2018001): _PERSON,
    (100, 2018292): _GONE,
    (10, 2018278): _WINDOW,
    (10, 2018065): _WINDOW,
    (10, 2534022): _WINDOW,
    (200, 1545041): _PERSON,
    (368, 0): says(
        gettext_noop("Meta has blocked this account from doing this for a while for breaking its rules."),
        permanent=False,
        wait=WAIT_BLOCKED,
    ),
    (506, 0): says(gettext_noop("Meta takes this for a repetition of the last one. Say it differently.")),
    (551, 0): _PERSON,
    (803, 0): _GONE,
    (1200, 0): says(gettext_noop("Meta has trouble of its own."), permanent=False, lost=True),
    (10900, 0): _ONCE,
    (10901, 0): _WINDOW,
    (10902, 0): _NOT_PRIVATE,
    (10903, 0): _NOT_PRIVATE,
}  # fmt: skip

_TOKENS: Mapping[int, str] = {
    458: gettext_noop("The app was removed from the account. Connect it again."),
    459: gettext_noop("Meta wants the person who gave the token to log in and confirm something."),
    460: gettext_noop("The person who gave the token changed their password. Connect again."),
    463: gettext_noop("The access token has expired. Connect again."),
    464: gettext_noop("Meta wants the person who gave the token to log in and confirm something."),
    492: gettext_noop("The person who gave the token no longer has a role on the page."),
}


def judge(problem: Problem, *, writing: bool, verdicts: Mapping[tuple[int, int], Verdict]) -> Exception:
    """The exception for a refusal. ``writing``: something was to be said or changed."""
    found = verdicts.get((problem.code, problem.subcode)) or verdicts.get((problem.code, 0))
    if found is not None:
        return found(problem)
    if problem.code in TOKEN or (problem.status == 401 and not problem.code):
        sentence = _TOKENS.get(problem.subcode, gettext_noop("Meta no longer accepts the access token."))
        return Denied(gettext(sentence), problem)
    if problem.code in LIMITS or problem.status == 429:
        wait = min(problem.wait or WAIT_UNTOLD, LONGEST_WAIT)
        return Failed(gettext("Meta asks us to slow down."), problem, permanent=False, wait=wait)
    if problem.code in PERMISSION:
        return Denied(gettext("Meta says that the token lacks a permission for this."), problem)
    if problem.code in PASSING or problem.transient or problem.status >= 500:
        return Failed(gettext("Meta has trouble of its own."), problem, permanent=False, lost=writing)
    if not problem.code:
        return unreadable(problem.status, writing=writing)
    return Failed(gettext("Meta refused it (error %(code)s).") % {"code": problem.code}, problem)


@contextmanager
def this_alone() -> Iterator[None]:
    """Within the block a lack of permission fails the one thing that was to be done (a post that is
    not ours, say) and does not stop the account: whether the token lacks it, the health check asks."""
    try:
        yield
    except Denied as denied:
        if denied.problem.code not in PERMISSION:
            raise
        raise Failed(str(denied), denied.problem) from None


def unreadable(status: int, *, writing: bool) -> Failed:
    """An answer that is none of the Graph API's: half, or somebody's in between."""
    sentence = gettext("Meta answers with something unreadable.")
    # A 4xx from somebody in between was never handed on.
    lost = writing and (status < 400 or status >= 500)
    return Failed(sentence, Problem(status), permanent=False, lost=lost)


def problem_of(status: int, said: Any, wait: float) -> Problem:
    """The error in an answer's body, read with care; code 0 when there is none."""
    error: Json = said.get("error") if isinstance(said, dict) else None  # type: ignore[assignment]
    if not isinstance(error, dict):
        return Problem(status, wait=wait)
    return Problem(
        status=status,
        code=_number(error.get("code")),
        subcode=_number(error.get("error_subcode")),
        transient=error.get("is_transient") is True,
        message=str(error.get("message") or "")[:500],
        trace=str(error.get("fbtrace_id") or "")[:100],
        wait=wait,
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
