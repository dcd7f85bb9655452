"""Change a passage in a source letter by letter: what stays keeps its markup, entities and marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rapidfuzz.distance import Indel

from moderation.domain.source.find import plain_units
from moderation.domain.source.units import Span, Style, Unit

_MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]<|]")
_TEMPLATE = re.compile(r"[{}]|<%")  # Liquid, Hugo, kramdown; in MDX braces hold programs
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_YAML_SIGNS = re.compile(r": |:\Z| #|\A[\s\"'|>&*!%@`\[{#-]")


class NotEditable(ValueError):
    """The change would touch code, markup, or a boundary between paragraphs."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the source and what replaces it."""

    start: int
    end: int
    text: str


def edits_for(units: Sequence[Unit], exact: str, correction: str) -> list[Edit]:
    """The edits that turn the units of a passage, which the page shows as `exact`, into the correction.

    Raises NotEditable.
    """
    shown = plain_units(exact)
    edits: list[Edit] = []
    for step in Indel.opcodes(exact, correction):
        if step.tag == "equal":
            continue
        text = correction[step.dest_start : step.dest_end]
        removed = _units_at(shown, units, step.src_start, step.src_end)
        if removed:
            # A unit of several signs, such as an ellipsis, goes as one: write those signs again that stay.
            head, tail = shown[removed[0]].spans[0][0], shown[removed[-1]].spans[-1][1]
            text = exact[head : step.src_start] + text + exact[step.src_end : tail]
            edits += _replace([units[index] for index in removed], text)
        else:
            index = next(
                (i for i, unit in enumerate(shown) if unit.spans[0][0] >= step.src_start), len(units)
            )
            edits.append(_insert(units, index, text))
    return edits


def apply_edits(source: str, edits: Sequence[Edit]) -> str:
    """The source with the edits, which do not overlap. Those of one place are made in the given order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [source[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, source[at:]])


def _units_at(shown: Sequence[Unit], units: Sequence[Unit], start: int, end: int) -> range:
    """The units that write exact[start:end], with those that share a piece of text or source with them."""
    inside = [
        index for index, unit in enumerate(shown) if unit.spans[0][0] < end and unit.spans[-1][1] > start
    ]
    if start == end or not inside:
        return range(0)
    first, last = inside[0], inside[-1]
    while first > 0 and _share(shown, units, first - 1, first):
        first -= 1
    while last + 1 < len(units) and _share(shown, units, last, last + 1):
        last += 1
    return range(first, last + 1)


def _share(shown: Sequence[Unit], units: Sequence[Unit], a: int, b: int) -> bool:
    """Return whether two neighbours are one sign: an ellipsis, or an entity of two letters."""
    return any(set(side[a].spans) & set(side[b].spans) for side in (shown, units))


def _replace(units: Sequence[Unit], text: str) -> list[Edit]:
    if any(unit.style == "locked" for unit in units):
        raise NotEditable
    spans: list[Span] = sorted({span for unit in units for span in unit.spans})
    edits = [Edit(*span, "") for span in spans]
    edits[0] = Edit(*spans[0], written(text, units[0].style))
    return edits


def _insert(units: Sequence[Unit], index: int, text: str) -> Edit:
    """Insert before the unit at `index`: in the word that it belongs to."""
    left = units[index - 1] if index > 0 else None
    right = units[index] if index < len(units) else None
    joins_right = right is not None and right.char.isalnum() and (left is None or not left.char.isalnum())
    order = (right, left) if joins_right else (left, right)
    unit = next((one for one in order if one is not None and one.style != "locked"), None)
    if unit is None:
        raise NotEditable
    at = max(span[1] for span in unit.spans) if unit is left else min(span[0] for span in unit.spans)
    return Edit(at, at, written(text, unit.style))


def written(text: str, style: Style) -> str:
    """The text as the source writes it. Raises NotEditable where it cannot be written safely."""
    if _LINE_END.search(text):  # a line of its own can be markup, an embedded page, or another setting
        raise NotEditable
    if style == "html":
        return escape(text, quote=False).replace("[", "&#91;").replace("]", "&#93;")
    if _TEMPLATE.search(text):
        raise NotEditable
    if style == "markdown":
        return _MARKDOWN_SIGNS.sub(r"\\\g<0>", text).replace("&", "&amp;")
    if style == "double_quoted":
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if style == "single_quoted":
        return text.replace("'", "''")
    if style == "locked" or _YAML_SIGNS.search(text):
        raise NotEditable
    return text
