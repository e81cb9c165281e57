"""Reading pages as a browser does: by elements, not by strings."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag, self.attributes = tag, attributes
        self.text = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def classes(self) -> set[str]:
        return set(self["class"].split())


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """Every element of a page, each with the text inside it."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(response.content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def having(self, name: str, value: str | None = None) -> list[Element]:
        return [e for e in self.elements if name in e and (value is None or e[name] == value)]

    def of_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in e.classes]

    def by_id(self, wanted: str) -> Element:
        return next(e for e in self.elements if e["id"] == wanted)

    @property
    def text(self) -> str:
        return " ".join(self.elements[0].text.split()) if self.elements else ""


def rows(response: HttpResponse) -> list[int]:
    """The numbers of the cases in a list, in order."""
    return [int(e["data-number"]) for e in Page(response).of_class("item")]


def toast(response: HttpResponse) -> str:
    found = re.search(r'class="toast.*?<span>(.*?)</span>', response.content.decode(), re.S)
    return html.unescape(found[1]) if found else ""


def undo(client: Client, response: HttpResponse) -> list[HttpResponse]:
    """Go the way back that the toast offers, as the browser does."""
    found = re.search(r'data-steps="(.*?)"', response.content.decode())
    assert found, "nothing to undo is offered"
    return list(_go(client, json.loads(html.unescape(found[1]))))


def _go(client: Client, steps: list[dict[str, Any]]) -> Iterator[HttpResponse]:
    for step in steps:
        call = client.delete if step["method"] == "DELETE" else client.post
        yield call(step["url"], step["body"])


HTMX_CASE = {"HX-Request": "true", "HX-Target": "section#case"}
HTMX_LIST = {"HX-Request": "true", "HX-Target": "section#list"}
HTMX_MORE = {"HX-Request": "true", "HX-Target": "li#more"}
