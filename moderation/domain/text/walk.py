"""Walk through a document in the order in which a browser shows it, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import html

from moderation.domain.text.blocks import BlockKind
from moderation.domain.text.visibility import is_hidden, is_out_of_line

# Elements and pieces of text beyond this number are left out.
_MOST_PIECES = 500_000
# So is text beyond this length, in code points.
_LONGEST_TEXT = 1_000_000

# Elements that start a line.
_APART = frozenset(
    "html body address article aside blockquote br caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup "
    "p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_KINDS: dict[str, BlockKind] = {
    "h1": "headline",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    "pre": "preformatted",
    **dict.fromkeys(
        ("html", "body", "main", "article", "section", "aside", "nav", "header", "footer"), "text"
    ),
}
# Kinds within which a `p` is a paragraph and nothing more precise.
_LOOSE = ("text", "cell")
_SHADOW = "shadowrootmode"


@dataclass(frozen=True, slots=True)
class Run:
    """Text between two edges of blocks, as it is in the document."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class _Slots:
    """A host's children by slot, and the slots that count where the host stands."""

    assigned: dict[str, list["str | html.HtmlElement"]]
    outer: "_Slots | None"


# What is left to walk: text, an element or an edge (None), with its slots and the kind of its block.
_Item: TypeAlias = "tuple[str | html.HtmlElement | None, _Slots | None, BlockKind]"


def runs(root: html.HtmlElement, *, without: html.HtmlElement | None = None) -> Iterator[Run]:
    """The text of the root in reading order; `without` is an element to leave out.

    The stack is a list: pages nest deeper than Python's calls can.
    """
    stack: list[_Item] = [(root, None, "text")]
    texts: list[str] = []
    run_kind: BlockKind = "text"
    pieces = length = 0
    while stack and pieces < _MOST_PIECES and length < _LONGEST_TEXT:
        item, slots, kind = stack.pop()
        pieces += 1
        if item is None:
            if texts:
                yield Run(run_kind, "".join(texts))
                texts = []
        elif isinstance(item, str):
            if not texts or texts[-1].isspace():
                run_kind = kind
            texts.append(item[: _LONGEST_TEXT - length])
            length += len(item)
        elif item is not without and isinstance(item.tag, str) and (item is root or not is_hidden(item)):
            stack.extend(_inside(item, slots, kind))
    yield Run(run_kind, "".join(texts))


def _inside(node: html.HtmlElement, slots: _Slots | None, kind: BlockKind) -> Iterator[_Item]:
    """Yield the visible content of a node, last item first."""
    kind = _kind(node.tag, kind)
    shown, inner = _shown(node, slots)
    # An edge of a block, or a space around text that is no part of the line.
    edge: tuple[str | None, ...] = (None,) if node.tag in _APART else (" ",) if is_out_of_line(node) else ()
    for item in edge:
        yield item, None, kind
    for piece in reversed(shown):
        yield piece, inner, kind
    for item in edge:
        yield item, None, kind


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    if tag == "p":
        return "paragraph" if outer in _LOOSE else outer
    return _KINDS.get(tag, outer)


def _shown(
    node: html.HtmlElement, slots: _Slots | None
) -> tuple[list[str | html.HtmlElement], _Slots | None]:
    """The content that a browser shows for a node, and the slots that count in there.

    A declarative shadow root is shown, with its host's children in its slots. Each child is shown once: the
    first slot of a name has it.
    """
    if node.tag == "slot" and slots is not None:
        assigned = slots.assigned.pop(node.get("name") or "", None)
        if assigned:
            return assigned, slots.outer
    shadow = next((child for child in node.iterchildren("template") if child.get(_SHADOW) == "open"), None)
    if shadow is not None:
        return _content(shadow), _Slots(_assigned(node, shadow), slots)
    return _content(node), slots


def _content(node: html.HtmlElement) -> list[str | html.HtmlElement]:
    content: list[str | html.HtmlElement] = [node.text] if node.text else []
    for child in node:
        content.append(child)
        if child.tail:
            content.append(child.tail)
    return content


def _assigned(host: html.HtmlElement, shadow: html.HtmlElement) -> dict[str, list[str | html.HtmlElement]]:
    assigned: dict[str, list[str | html.HtmlElement]] = {"": [host.text or ""]}
    for child in host:
        if child is not shadow:
            assigned.setdefault(child.get("slot") or "", []).append(child)
        assigned[""].append(child.tail or "")
    return assigned
