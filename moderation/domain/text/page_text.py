"""HTML to page text: what a reader sees, by the rule in docs/page-text.md.

The widget applies the same rule to the living page (static/widget/text.js); tests/browser/test_gallery.py
holds the two together.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree, html

from moderation.domain.text.normalise import normalise

# As it came, or parsed already.
Markup: TypeAlias = str | bytes | html.HtmlElement

_UNSEEN = frozenset(
    "head script style noscript template textarea select datalist input button iframe object embed "
    "svg math canvas audio video dialog".split()
)
_APART = frozenset(
    "html body address article aside blockquote br caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup "
    "p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SHADOW = "shadowrootmode"


def read_page(markup: Markup, *, charset: str | None = None, root: str | None = None) -> str:
    """The text of the page's article, normalised; empty when there is none.

    `charset` is what HTTP says; without one the document's own meta counts. `root` is a class, an id or an
    element's name, as in `.story`, `#text` or `article`.
    """
    document = parse(markup, charset)
    if document is None:
        return ""
    return normalise("".join(_pieces(_root(document, root)))).strip(" ")


def canonical_link(markup: Markup, *, charset: str | None = None) -> str | None:
    """The href of the page's rel=canonical, or None."""
    document = parse(markup, charset)
    if document is None:
        return None
    for link in document.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href")).strip()
    return None


def has_sign_in(markup: Markup, *, charset: str | None = None) -> bool:
    """Whether the page asks for a password where its article should be."""
    document = parse(markup, charset)
    if document is None or next(document.iter("article"), None) is not None:
        return False
    return any((field.get("type") or "").lower() == "password" for field in document.iter("input"))


def parse(markup: Markup, charset: str | None) -> html.HtmlElement | None:
    """The document, for those who ask it more than one question; None where there is none."""
    if isinstance(markup, html.HtmlElement):
        return markup
    if isinstance(markup, str):
        markup, charset = markup.encode("utf-8", "replace"), "utf-8"
    try:
        parser = html.HTMLParser(encoding=charset, remove_comments=True, remove_pis=True, huge_tree=True)
    except LookupError:  # a charset that nobody knows: the document's own word, or none
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _root(document: html.HtmlElement, wanted: str | None) -> html.HtmlElement:
    if wanted:
        found = next((node for node in document.iter(etree.Element) if _is(node, wanted)), None)
        if found is not None:
            return found
    named = (node for node in document.iter("article", "main") if not _unseen(node))
    body = document.find("body")
    return next(named, body if body is not None else document)


def _is(node: html.HtmlElement, selector: str) -> bool:
    if selector.startswith("#"):
        return bool(node.get("id") == selector[1:])
    if selector.startswith("."):
        return selector[1:] in (node.get("class") or "").split()
    return bool(node.tag == selector.lower())


def _unseen(node: html.HtmlElement) -> bool:
    return (
        node.tag in _UNSEEN
        or node.get("hidden") is not None
        or node.get("data-corrigenda-ignore") is not None
        or bool(_HIDDEN_STYLE.search(node.get("style") or ""))
    )


_Slots = dict[str, list["str | html.HtmlElement"]]


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    """The text in order. A stack of our own: pages nest deeper than Python's does."""
    stack: list[tuple[str | html.HtmlElement, _Slots]] = [(root, {})]
    while stack:
        item, slots = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item.tag, str) and (item is root or not _unseen(item)):
            inside, slots = _shown(item, slots)
            apart = [" "] if item.tag in _APART else []
            stack.extend((piece, slots) for piece in reversed([*apart, *inside, *apart]))


def _shown(node: html.HtmlElement, slots: _Slots) -> tuple[list[str | html.HtmlElement], _Slots]:
    """What is shown in a node's place, and the slots that count in there."""
    if node.tag == "slot" and (assigned := slots.get(node.get("name") or "")):
        return assigned, {}
    shadow = next((child for child in node if child.tag == "template" and child.get(_SHADOW) == "open"), None)
    if shadow is not None:  # a declarative shadow root is shown, with the host's children in its slots
        return _content(shadow), _assigned(node, shadow)
    return _content(node), slots


def _content(node: html.HtmlElement) -> list[str | html.HtmlElement]:
    return [node.text or "", *(piece for child in node for piece in (child, child.tail or ""))]


def _assigned(host: html.HtmlElement, shadow: html.HtmlElement) -> _Slots:
    slots: _Slots = {"": [host.text or ""]}
    for child in host:
        if child is not shadow:
            slots.setdefault(child.get("slot") or "", []).append(child)
        slots[""].append(child.tail or "")
    return slots
