"""What a browser sees of the fake X: the page that asks for consent, the window to write in, a post."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from django.utils.translation import gettext

from .world import Post, User

_STYLE = "body{font:16px system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}"


def consent(user: User, query: Mapping[str, str]) -> str:
    """The same address again, with the answer; a refusal is an answer too."""
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in query.get("scope", "").split())
    links = "".join(
        f'<p><a href="?{escape(urlencode({**query, "answer": answer}))}">{words}</a></p>'
        for answer, words in (("yes", "Authorize app"), ("no", "Cancel"))
    )
    return page("Authorize", f"<p>@{escape(user.username)}, an app wants to:</p><ul>{scopes}</ul>{links}")


def compose(user: User | None, query: Mapping[str, str]) -> str:
    if user is None:
        return page("Log in", "<p>Log in to X to post.</p>")
    parent, text = escape(query.get("in_reply_to", "")), escape(query.get("text", ""))
    return page(
        "Post",
        f'<form method="post"><p>@{escape(user.username)}</p>'
        f'<input type="hidden" name="in_reply_to" value="{parent}">'
        f'<textarea name="text" rows="6" cols="60">{text}</textarea><p><button>Post</button></p></form>',
    )


def post(shown: Post) -> str:
    said = f"<p>@{escape(shown.author.username)}</p><p>{escape(shown.prefix + shown.text)}</p>"
    return page("Post", f"<article>{said}</article>")


def page(title: str, body: str) -> str:
    said = gettext("Not X: a stand-in on this machine. None of it reaches X.")
    body += f"<p><small>{escape(said)}</small></p>"
    return (
        f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1>{body}"
    )
