"""What the person wrote: HTML as text, without the quoted past and the signature.

The whole message stays in the receipt; this only decides what an agent sees first. When in doubt
nothing is cut: words lost cost more than words repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cortafuegos.channels.markup import tokens

_BLOCKS = {"p", "div", "table", "tr", "ul", "ol", "li", "pre", "section", "article", "header", "footer"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "center", "form", "blockquote", "hr"}
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}  # an empty line around
_DEEPEST = 12
_LONGEST_SIGNATURE = 20  # lines; what is longer was not a signature


class _Reader:
    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []  # depth of quotation, words
        self.line = ""
        self.depth = 0
        self.pre = 0
        self.link: tuple[str, int] | None = None  # address, where its text begins

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self.end_line(keep=True)
        elif tag == "a":
            self.link = (attributes.get("href", ""), len(self.line))
        elif tag == "img" and not attributes.get("alt", "").isascii():
            self.line += attributes["alt"]  # an emoji drawn as an image
        elif tag in ("td", "th") and self.line.strip():
            self.line += " "
        if tag in _BLOCKS:
            self.end_line()
            if tag in _APART:
                self.lines.append((self.depth, ""))
        if tag == "li":
            self.line = "• "
        elif tag == "pre":
            self.pre += 1
        elif tag == "blockquote":
            self.depth = min(self.depth + 1, _DEEPEST)

    def end(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            address, begin = self.link
            shown = self.line[begin:].strip()
            self.link = None
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            same = shown.rstrip("/") in (
                bare.rstrip("/"),
                re.sub(r"^https?://(www\.)?", "", bare).rstrip("/"),
            )
            if address.startswith(("http://", "https://")) and not same:
                self.line += f" ({address})" if shown else address
        if tag in _BLOCKS:
            self.end_line()
            if tag in _APART:
                self.lines.append((self.depth, ""))
        if tag == "pre":
            self.pre = max(0, self.pre - 1)
        elif tag == "blockquote":
            self.depth = max(0, self.depth - 1)

    def say(self, data: str) -> None:
        if self.pre:
            first, *rest = data.split("\n")
            self.line += first
            for line in rest:
                self.end_line(keep=True)
                self.line = line
            return
        data = re.sub(r"[ \t\r\n\f]+", " ", data)
        self.line += data.lstrip(" ") if self.line in ("", "• ") or self.line.endswith(" ") else data

    def end_line(self, *, keep: bool = False) -> None:
        if self.line.strip() or keep:
            self.lines.append((self.depth, self.line.rstrip()))
        self.line = ""
        if self.link is not None:
            self.link = (self.link[0], 0)


def html_to_text(html: str) -> str:
    reader = _Reader()
    for token in tokens(html):
        if token.kind == "start":
            reader.start(token.value, token.attributes)
        elif token.kind == "end":
            reader.end(token.value)
        else:
            reader.say(token.value)
    reader.end_line()
    return tidy("\n".join("> " * depth + line for depth, line in reader.lines))


def tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\0", "\ufffd")
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n").encode("utf-8", "replace").decode()


_WROTE = r"(escribió|escribiu|va escriure|wrote|escreveu|a écrit|schrieb|ha scritto)"
_ATTRIBUTION = re.compile(rf"^(El|O|On|Em|No dia|A|Le|Am|Il|En)\b.{{5,300}}\b{_WROTE}\s*:$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(mensaje original|mensagem original|missatge original|mensaxe orixinal|original message"
    r"|ursprüngliche nachricht|message d'origine)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_HEAD_FROM = re.compile(r"^\W*(de|from|von)\s*:\W*\S", re.IGNORECASE)
_HEAD_MORE = re.compile(
    r"^\W*(enviado( el)?|enviada( em)?|fecha|data|date|sent|gesendet|para|to|an|cc"
    r"|asunto|assunto|subject|betreff)\s*:",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(enviado (desde|con|do meu|a partir) .{2,60}|sent (from|with) .{2,60}|obtener outlook .{2,60}"
    r"|get outlook for .{2,60}|enviat des del? .{2,60})$",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"^\s*((fwd?|rv|wg|tr|enc)\s*:)", re.IGNORECASE)


def trim(text: str, subject: str = "") -> str:
    """``text`` without the quoted past, the signature and the footer of a telephone. A forwarded
    message is evidence, and stays whole."""
    if _FORWARD.match(subject):
        return text
    lines = text.split("\n")
    kept = _without_footer(_without_signature(_without_quotes(_without_original(lines))))
    return "\n".join(kept).strip("\n") if any(line.strip() for line in kept) else text


def _without_original(lines: list[str]) -> list[str]:
    """Outlook's way: the past hangs below a rule or a block of headers, unmarked."""
    for at, line in enumerate(lines):
        if _ORIGINAL.match(line):
            return _unruled(lines[:at])
        if _HEAD_FROM.match(line):
            block = lines[at + 1 : at + 7]
            if sum(1 for other in block if _HEAD_MORE.match(other)) >= 2:
                return _unruled(lines[:at])
    return lines


def _unruled(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip(" _-"):
        lines = lines[:-1]
    return lines


def _without_quotes(lines: list[str]) -> list[str]:
    """Cut one quotation at the end or at the beginning. Answers written between the quoted lines
    make no sense without them: then all stays."""
    marked = [line.startswith(">") for line in lines]
    if True not in marked:
        return lines
    first = marked.index(True)
    last = len(lines) - 1 - marked[::-1].index(True)
    between = any(line.strip() and not line.startswith(">") for line in lines[first:last])
    if between:
        return lines
    before, after = _without_attribution(lines[:first]), lines[last + 1 :]
    if any(line.strip() for line in before):
        return before + after if _only_signature(after) else lines
    return after


def _without_attribution(lines: list[str]) -> list[str]:
    """ "El lun, 3 nov …, Ana escribió:", which mail programs break over up to three lines."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    for count in (1, 2, 3):
        if len(lines) >= count and _ATTRIBUTION.match(" ".join(line.strip() for line in lines[-count:])):
            return lines[:-count]
    return lines


def _only_signature(lines: list[str]) -> bool:
    said = [line for line in lines if line.strip()]
    return not said or said[0].rstrip() == "--" or all(_FOOTER.match(line.strip()) for line in said)


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if line.rstrip() == "--" and at > 0 and len(lines) - at <= _LONGEST_SIGNATURE:
            return lines[:at]
    return lines


def _without_footer(lines: list[str]) -> list[str]:
    while lines and (not lines[-1].strip() or _FOOTER.match(lines[-1].strip())):
        lines = lines[:-1]
    return lines
