"""Words for the rules of form, data and channel: key "rule" or "rule/variant"."""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.guard.sentences.marking import _

SENTENCES: Mapping[str, str] = {
    "empty": _("There is nothing to send yet."),
    "too-long": _("Too long for this network by %(over)d."),
    "private-in-public": _("This was asked in private. Answer it in private."),
}

TITLES: Mapping[str, str] = {
    "empty": _("Nothing to send"),
    "too-long": _("Too long for the network"),
    "private-in-public": _("Asked in private, answered in public"),
}
