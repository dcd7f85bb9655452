"""The visible characters of a source, each with the pieces of source that write it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from moderation.domain.text.normalise import INVISIBLE

Style = Literal["html", "markdown", "plain", "double_quoted", "single_quoted", "locked"]
"""How the source writes text at this point. `locked`: the text is code or markup, and must not change."""

Span = tuple[int, int]
"""Start and end (excluded) in the source, in code points."""

_SPACE = re.compile(r"\s")
# What publishing systems set instead of typed characters: quotation marks, dashes, ellipses, the cross.
_ALIKE = {
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "×": "x",
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """Visible text with the piece of source that writes it. An empty piece is a boundary between blocks."""

    text: str
    start: int
    end: int
    style: Style


@dataclass(slots=True)
class Unit:
    """One character for comparing, with all pieces of source that write it."""

    char: str
    spans: list[Span]
    style: Style


def units_of(glyphs: Iterable[Glyph]) -> list[Unit]:
    """Fold glyphs: one space for each run of white space, one dash for each run of dashes, and so on.

    The typographic variants that a CMS sets become equal to what an author types. Letters stay as they are.
    """
    units: list[Unit] = []
    for glyph in glyphs:
        _add(units, glyph)
    return units


def folded_text(units: Iterable[Unit]) -> str:
    """The characters of the units; one for each."""
    return "".join(unit.char for unit in units)


def _add(units: list[Unit], glyph: Glyph) -> None:
    span = (glyph.start, glyph.end)
    if glyph.text.isalnum() and len(glyph.text) == 1:  # most of a document: the rest takes five times as long
        units.append(Unit(glyph.text, [span], glyph.style))
        return
    last = units[-1] if units else None
    if INVISIBLE.fullmatch(glyph.text) or (unicodedata.combining(glyph.text[0]) and last is not None):
        _extend(last, glyph)
        return
    for char in _ALIKE.get(glyph.text, " " if _SPACE.fullmatch(glyph.text) else glyph.text):
        last = units[-1] if units else None
        if last is not None and char in " -" and last.char == char:
            _extend(last, glyph)
        elif last is not None and char == last.char == "'" and last.style == glyph.style:
            last.char = '"'
            last.spans.append(span)
        else:
            units.append(Unit(char, [span], glyph.style))


def _extend(last: Unit | None, glyph: Glyph) -> None:
    """Add an invisible or a repeated character, or an accent, to the unit before it."""
    if last is None:
        return
    if unicodedata.combining(glyph.text[0]) and len(last.char) == 1:
        composed = unicodedata.normalize("NFC", last.char + glyph.text)
        last.char = composed if len(composed) == 1 else last.char
    if last.spans[-1] != (glyph.start, glyph.end):
        last.spans.append((glyph.start, glyph.end))
    if glyph.style == "locked":
        last.style = "locked"
