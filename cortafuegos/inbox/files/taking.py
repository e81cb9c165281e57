"""What a network takes besides words, in words, before anybody sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.channels.files import About, Files, TakesFiles, Trouble, trouble
from cortafuegos.channels.models import Account
from cortafuegos.guard.rules.sensitive import sensitive_data
from cortafuegos.guard.text import read
from cortafuegos.guard.values import Context, Draft
from cortafuegos.inbox.files.carrying import abouts
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.networks import look

_NOTHING = Files(date(2026, 11, 1))
_WHOLE = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg", "file": "application/pdf"}


def takes(account: Account, target: Message, *, public: bool) -> Files:
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    if not isinstance(connector, TakesFiles):
        return _NOTHING
    return connector.files(account.view(), public=public, to_public=target.public)


@dataclass(frozen=True, slots=True)
class Button:
    attach: str  # what may be attached, in one line
    why_not: str  # or why nothing
    alt: int  # characters of a picture's description that the network takes


def button(account: Account, target: Message, *, public: bool) -> Button:
    files = takes(account, target, public=public)
    if not files.sizes:
        return Button("", _none(account, files, public), 0)
    names = {"image": _("pictures"), "video": _("films"), "audio": _("sounds"), "file": _("documents")}
    sorts = [name for sort, name in names.items() if files.most_bytes(_WHOLE[sort])]
    said = _("Attach %(sorts)s; at most %(most)d") % {"sorts": ", ".join(sorts), "most": files.most}
    return Button(f"{said}. {files.note}" if files.note else said, "", files.alt)


def refusal(
    account: Account, target: Message, carried: Sequence[Mapping[str, Any]], length: int, *, public: bool
) -> str:
    """Why this cannot leave with these files, in a sentence that says what would help; empty when it
    can. ``length`` is that of the words, as the network counts it."""
    if not carried:
        return ""
    files = takes(account, target, public=public)
    about = abouts(carried)
    if found := trouble(files, about, length):
        return _sentence(account, files, *found, public)
    telling = next((one for one in about if _tells(one.alt, target, public=public)), None)
    if telling is not None:
        return _("The description of %(name)s holds personal data. Take it out: everybody can read it.") % {
            "name": telling.name
        }
    return ""


def _tells(alt: str, target: Message, *, public: bool) -> bool:
    """A description is read wherever the words are, so a customer's data stay out of it as well."""
    if not alt:
        return False
    around = Context(network=target.network, language=target.language[:2], message=target.text)
    return any(True for _found in sensitive_data(read(Draft(alt, public), around), around))


def _sentence(account: Account, files: Files, found: Trouble, one: About, public: bool) -> str:
    said = {"network": look(account.network).name, "name": one.name, "most": files.most}
    match found:
        case Trouble.NONE:
            return _none(account, files, public)
        case Trouble.SORT:
            return _("%(network)s does not take files like %(name)s here.") % said
        case Trouble.SIZE:
            size = {"size": f"{files.most_bytes(one.media_type) / 1_000_000:g}"}
            return _("%(name)s is too large: %(network)s takes %(size)s MB.") % {**said, **size}
        case Trouble.COMPANY:
            return _("On %(network)s %(name)s goes alone. Take the other files out.") % said
        case Trouble.ALT:
            alt = {**said, "alt": files.alt}
            return _("The description of %(name)s is too long: %(network)s takes %(alt)d characters.") % alt
        case Trouble.COUNT if files.most == 1:
            return _("%(network)s takes one file at once. Take the others out.") % said
        case Trouble.COUNT:
            return _("%(network)s takes %(most)d files at once. Take some out.") % said
        case Trouble.TOTAL:
            total = {**said, "size": f"{(files.total or 0) / 1_000_000:g}"}
            return _("Together these files are too large: %(network)s takes %(size)s MB.") % total
        case Trouble.WORDS:
            words = {**said, "beside": files.beside}
            return _("Beside a file %(network)s takes %(beside)d characters. Shorten the words.") % words


def _none(account: Account, files: Files, public: bool) -> str:
    if files.note:
        return str(files.note)
    said = {"network": look(account.network).name}
    return _("No files go from here to %(network)s. Attach them on the network itself.") % said
