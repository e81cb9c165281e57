"""Lessons as HTML. What a brand writes is Markdown, never HTML, and shows no picture from elsewhere."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    # CommonMark, with HTML shown as the text it is. Links keep markdown-it's own refusal of
    # javascript:, vbscript:, file: and data: addresses. Headings begin below the page's own.
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    parser.add_render_rule(
        "heading_open", lambda self, tokens, at, options, env: f"<{_below(tokens[at].tag)}>"
    )
    parser.add_render_rule(
        "heading_close", lambda self, tokens, at, options, env: f"</{_below(tokens[at].tag)}>\n"
    )
    return parser


def _below(tag: str) -> str:
    return f"h{max(2, int(tag[1]))}"


def html(text: str) -> SafeString:
    rendered: str = _parser().render(text)
    return mark_safe(rendered)  # noqa: S308  the parser lets no HTML of the text through
