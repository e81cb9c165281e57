"""Icons from the `lucide` package, drawn inline and rendered once per process."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@cache
def icon(name: str, kind: str = "") -> SafeString:
    """The icon for decoration: a word or a label stands beside it. ``kind`` "s" is the small one."""
    # lucide's own renderer parses the file and copies the tree at each call: 60 µs, times 150 a page
    tree = lucide._load_icon(name)
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in tree)
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true">{}</svg>',
        f"icon {kind}".strip(),
        mark_safe(inner.replace(' xmlns="http://www.w3.org/2000/svg"', "")),  # noqa: S308  the package's own file
    )
