"""Templates whose fixed parts are worked out once a language, and not at each page.

Half of a page's nodes always give the same: a sentence in the reader's language, an icon, a file's
address. When a template is loaded they become plain text, joined with the text around them; a template
is therefore kept once for each language that somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.template import Context, Origin, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import IfNode, LoadNode
from django.template.library import SimpleNode
from django.template.loaders import base, cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from cortafuegos.web.icons import icon
from cortafuegos.web.words import script_words

SAME = {icon, script_words}  # simple tags that give the same for the same words and language


class _Folding(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        fold(template.nodelist, Context(autoescape=self.engine.autoescape))
        return template


class Loader(cached.Loader, _Folding):
    """Django's cached loader, which asks the one above for what it does not have yet."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()}:{super().cache_key(template_name, skip)}"


def fold(nodes: NodeList, context: Context) -> None:
    """In place, and in every list of nodes inside."""
    for node in nodes:
        for inside in _lists(node):
            fold(inside, context)
    nodes[:] = _joined(_text(node, context) if _fixed(node) else node for node in nodes)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    text = ""
    for node in nodes:
        if type(node) is TextNode:
            text += node.s
            continue
        if text:
            yield TextNode(text)
            text = ""
        yield node
    if text:
        yield TextNode(text)


def _lists(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodes for _, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList):
            yield nodes


def _fixed(node: Any) -> bool:
    match node:
        case TranslateNode():
            return not node.asvar and not node.message_context and _constant(node.filter_expression)
        case StaticNode():
            return not node.varname and _constant(node.path)
        case SimpleNode():
            plain = node.func in SAME and not node.takes_context and node.target_var is None
            return plain and all(map(_constant, (*node.args, *node.kwargs.values())))
    return isinstance(node, LoadNode)


def _constant(expression: FilterExpression) -> bool:
    var: Any = expression.var
    return not expression.filters and (not isinstance(var, Variable) or var.literal is not None)


def _text(node: Node, context: Context) -> TextNode:
    return TextNode(str(node.render(context)))
