"""Correct passages in the source fields of one document. Pure: it reads and returns texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from moderation.domain.source.edit import Edit, NotEditable, apply_edits, edits_for
from moderation.domain.source.find import Needle, NotThere, NotUnique, Place, choose, find_places, plain_units
from moderation.domain.source.html import html_glyphs
from moderation.domain.source.markdown import markdown_glyphs
from moderation.domain.source.units import Unit, folded_text, units_of
from moderation.domain.text.normalise import Quote

SourceKind = Literal["html", "wordpress", "markdown"]
Reason = Literal["not_there", "not_unique", "not_editable", "overlaps"]


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a document: its title, its excerpt, its content; or a file."""

    name: str
    kind: SourceKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A passage, as the page shows it, and what replaces it."""

    key: str
    quote: Quote
    correction: str
    restores: tuple[str, str] | None = None
    """For reverting: the piece of source that a correction wrote, and the piece that stood there before."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Effect of a change on a field: its piece of source before and after. Equal: it reads as corrected."""

    field: str
    before: str
    after: str
    lead: str = ""
    trail: str = ""
    """The source directly before and behind, for showing."""

    @property
    def is_done_already(self) -> bool:
        """The field reads as corrected."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """The fields with all changes that can be made, and what became of each change by its key."""

    fields: Sequence[Field]
    corrections: Mapping[str, Correction]
    refused: Mapping[str, Reason]

    @property
    def changes_anything(self) -> bool:
        """Return whether a field has to be written."""
        return any(not correction.is_done_already for correction in self.corrections.values())


_SHOWN_AROUND = 120
LONGEST = 300_000
"""Characters of a document that are read: each takes about 300 bytes of memory."""


@dataclass(slots=True)
class _Text:
    field: Field
    units: list[Unit]
    text: str
    edits: list[Edit]


def plan(fields: Sequence[Field], changes: Sequence[Change]) -> Plan:
    """Find every change in the fields as they are, and make all of them at once.

    A change whose passage overlaps with an earlier one is refused as `overlaps`: try it on the new text.
    A document of more than LONGEST characters is left alone.
    """
    if sum(len(field.text) for field in fields) > LONGEST:
        return Plan(fields, {}, {change.key: "not_editable" for change in changes})
    texts = [_read(field) for field in fields]
    corrections: dict[str, Correction] = {}
    refused: dict[str, Reason] = {}
    for change in changes:
        try:
            corrections[change.key] = _correct(texts, change)
        except NotThere:
            refused[change.key] = "not_there"
        except NotUnique:
            refused[change.key] = "not_unique"
        except NotEditable:
            refused[change.key] = "not_editable"
        except _Overlaps:
            refused[change.key] = "overlaps"
    written = [replace(one.field, text=apply_edits(one.field.text, one.edits)) for one in texts]
    return Plan(written, corrections, refused)


class _Overlaps(Exception):
    """An earlier change of the plan has this passage."""


def _read(field: Field) -> _Text:
    if field.kind == "markdown":
        glyphs = markdown_glyphs(field.text)
    else:
        glyphs = html_glyphs(field.text, shortcodes=field.kind == "wordpress")
    units = units_of(glyphs)
    return _Text(field, units, folded_text(units), [])


def _correct(texts: Sequence[_Text], change: Change) -> Correction:
    quote = change.quote
    wrong = _find(texts, quote)
    right = _find(texts, replace(quote, exact=change.correction))
    if _reads_as_corrected(_best(wrong), _best(right)):
        text, place = _chosen(right)
        piece = text.field.text[slice(*_extent(text.units[place.start : place.end]))]
        return Correction(text.field.name, piece, piece)
    text, place = _chosen(wrong)
    return _edit(text, text.units[place.start : place.end], change)


def _reads_as_corrected(wrong: Place | None, right: Place | None) -> bool:
    """Return whether the corrected passage fits better than the wrong one. Raises NotUnique."""
    if wrong is None or right is None:
        return right is not None
    if wrong.rank != right.rank:
        return right.rank > wrong.rank
    # One is a part of the other: the longer one stands there.
    lengths = [place.end - place.start for place in (wrong, right)]
    if lengths[0] == lengths[1]:
        raise NotUnique
    return lengths[1] > lengths[0]


def _edit(text: _Text, units: Sequence[Unit], change: Change) -> Correction:
    source = text.field.text
    start, end = _extent(units)
    if any(edit.start <= end and start <= edit.end for edit in text.edits):
        raise _Overlaps
    restored = _restoring(source, start, end, change.restores)
    edits = [restored] if restored else edits_for(units, change.quote.exact, change.correction)
    if not restored:
        _require_text_only(text, units, edits, change.correction)
    start, end = min([start, *(edit.start for edit in edits)]), max([end, *(edit.end for edit in edits)])
    before = source[start:end]
    local = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    text.edits += edits
    return Correction(
        text.field.name,
        before,
        apply_edits(before, local),
        source[max(0, start - _SHOWN_AROUND) : start],
        source[end : end + _SHOWN_AROUND],
    )


def _require_text_only(text: _Text, units: Sequence[Unit], edits: Sequence[Edit], correction: str) -> None:
    """Refuse edits after which the source shows something else than the corrected text. Raises NotEditable.

    A correction can look like markup where it stands: a heading, a list, an import.
    """
    at = next(index for index, unit in enumerate(text.units) if unit is units[0])
    wanted = text.text[:at] + correction + text.text[at + len(units) :]
    after = _read(replace(text.field, text=apply_edits(text.field.text, edits)))
    if not _reads_alike(after.text, wanted) or _code(after.units) != _code(text.units):
        raise NotEditable


def _reads_alike(one: str, other: str) -> bool:
    # Folding again takes as long as reading. It is needed only where the correction itself is folded.
    return one == other or _refolded(one) == _refolded(other)


def _refolded(text: str) -> str:
    return folded_text(plain_units(text)).strip()


def _code(units: Sequence[Unit]) -> str:
    return "".join(unit.char for unit in units if unit.style == "locked" and unit.char != " ")


def _restoring(source: str, start: int, end: int, restores: tuple[str, str] | None) -> Edit | None:
    """The edit that writes the earlier source, if the source that a correction wrote is still there."""
    if restores is None:
        return None
    written, earlier = restores
    at = source.find(written, max(0, end - len(written)), start + len(written))
    return Edit(at, at + len(written), earlier) if 0 <= at <= start else None


def _find(texts: Sequence[_Text], quote: Quote) -> list[tuple[_Text, Place]]:
    needle = Needle.of(quote)
    return [(text, place) for text in texts for place in find_places(text.text, needle)]


def _best(found: Sequence[tuple[_Text, Place]]) -> Place | None:
    return max((place for _text, place in found), key=lambda place: place.rank, default=None)


def _chosen(found: Sequence[tuple[_Text, Place]]) -> tuple[_Text, Place]:
    ordered = sorted(found, key=lambda pair: pair[1].rank, reverse=True)
    place = choose([pair[1] for pair in ordered])
    return next(pair for pair in ordered if pair[1] is place)


def _extent(units: Sequence[Unit]) -> tuple[int, int]:
    spans = [span for unit in units for span in unit.spans]
    return min(span[0] for span in spans), max(span[1] for span in spans)
