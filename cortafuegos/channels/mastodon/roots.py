"""Which thread a reply belongs to: its status names the parent by a local id, and the root not at all."""

from __future__ import annotations

from collections import OrderedDict

from cortafuegos.channels.contract import Json

from .deliveries import listed, names
from .wire import Gone, Wire, speaking

REMEMBERED = 5_000

# A status's parent and root never change, so what was looked up once is known for good. Only a
# saving of requests: a process that starts anew asks again. Keyed by server and local id.
_known: OrderedDict[tuple[str, str], tuple[Json, Json]] = OrderedDict()  # → (itself, its root)


def related(line: Wire, server: str, status: Json) -> Json:
    """The root and the parent of a reply: ids and URIs that the status itself does not carry."""
    parent_id = status.get("in_reply_to_id")
    if not isinstance(parent_id, str):
        remember(server, status, names(status))
        return {}
    known = _known.get((server, parent_id))
    if known is None:
        try:
            with speaking(line):
                line.api.status_context(str(status["id"]))
                ancestors = listed(line.raw()["ancestors"])
        except Gone:
            return {}
        if not ancestors:
            return {}  # the parent is not shown to us: the status stands as its own root
        root = names(ancestors[0])
        for ancestor in ancestors:
            remember(server, ancestor, root)
        known = _known.get((server, parent_id)) or (names(ancestors[-1]), root)
    parent, root = known
    remember(server, status, root)
    return {"root": root, "parent": parent}


def remember(server: str, status: Json, root: Json) -> None:
    _known[(server, str(status["id"]))] = (names(status), root)
    while len(_known) > REMEMBERED:
        _known.popitem(last=False)


def forget() -> None:
    _known.clear()
