"""What can go wrong between a network and us; the desk acts on each kind in its own way."""

from __future__ import annotations

from typing import Any


class ConnectError(Exception):
    """The credentials do not work. ``str()`` is a sentence for the person who typed them;
    ``field`` names the input concerned, when one is."""

    def __init__(self, sentence: Any, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Forged(Exception):
    """The signature is missing, wrong or stale: answer 401, store nothing, count it."""


class Unreadable(Exception):
    """``read`` cannot make sense of the payload: the receipt is quarantined with this reason."""


class Refused(Exception):
    """The network no longer accepts our credentials: raise the alarm, block sending."""

    parts: tuple[str, ...] = ()  # as of a SendError


class SendError(Exception):
    """A reply did not go out.

    permanent: trying again cannot help (too long, post deleted, author blocks us).
    lost: the network may have taken it: its answer never came. Look before sending again.
    retry_after: seconds the network asked us to wait.
    parts: network_ids of files of it that are out, the first first, where each is a message of its own.
    """

    parts: tuple[str, ...] = ()

    def __init__(
        self, reason: str, *, permanent: bool, lost: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.lost = reason, permanent, lost
        self.retry_after = retry_after
