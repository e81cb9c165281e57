"""What is said in public under a page or an Instagram account, as a post. Pure."""

from __future__ import annotations

from datetime import datetime

from cortafuegos.channels.contract import AccountView, Attachment, Author, Json, Post, Unreadable

STRANGERS = ("unnamed:", "@")  # how authors begin whom Meta gives no id


def post(
    account: AccountView,
    own: str,
    root: str,
    author: Author,
    *,
    ref: Json,
    text: str,
    at: datetime,
    parent: str = "",
    url: str = "",
    files: tuple[Attachment, ...] = (),
) -> Post:
    """``own`` and ``root`` are Meta's ids, of it and of what it hangs under; ``parent`` empty where it
    answers nothing else. ``ref``: what the network besides needs to answer it."""
    if not own or not root:
        raise Unreadable("a post or comment without id, or under nothing")
    person = author.network_id.removeprefix(f"{account.network}:")
    known = {} if person.startswith(STRANGERS) else {"person": person}
    return Post(
        network_id=f"{account.network}:{own}",
        author=author,
        text=text,
        posted_at=at,
        public=True,
        conversation=f"{account.network}:{root}",
        in_reply_to=f"{account.network}:{parent or root}" if own != root else "",
        addressed=author.network_id != account.network_id,
        url=url,
        attachments=files,
        ref={**ref, "id": own, "at": at.isoformat(), **known},
    )
