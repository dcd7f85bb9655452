"""Which reports speak of the same mistake."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.anchoring import align
from moderation.domain.passage import Passage, cut
from moderation.domain.text import Quote, whole_words


@dataclass(frozen=True, slots=True)
class Known:
    """A case's passage as it stands: `corrections` are what its readers want in place of `quote.exact`."""

    quote: Quote
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """A case's passage after a report joined it; `correction` is the report's own, for the new passage.

    `shift` is how far the new passage starts behind the start of the report's, in code points.
    """

    quote: Quote
    corrections: tuple[str, ...]
    correction: str | None
    shift: int


def choose(passage: Passage, known: Sequence[Known]) -> int | None:
    """The index of the case that the passage belongs to, or None: it opens a case of its own.

    Of several, the one it shares most with. A wide selection without a correction that holds several
    cases says nothing about any one of them.
    """
    sharing = [
        (share, index) for index, case in enumerate(known) if (share := _share(passage.quote, case.quote))
    ]
    if not sharing:
        return None
    best, index = max(sharing, key=lambda pair: (pair[0], -pair[1]))
    if passage.correction is None and len(sharing) > 1 and best < 1 / 2:
        return None
    return index


def join(passage: Passage, case: Known) -> Joined:
    """The case's passage once the report has joined it.

    Without corrections the passage narrows to what all readers selected. A correction says exactly what
    is wrong, so it beats any selection; two that touch different words make the passage hold both.

    Raises ValueError when the two do not overlap: ask `choose` first.
    """
    offset = _offset(passage.quote, case.quote)
    if offset is None:
        raise ValueError("the passage does not overlap the case")
    text, left = _merge(passage.quote.text, case.quote.text, offset)
    mine = (passage.quote.start + offset + left, passage.quote.end + offset + left)
    theirs = (case.quote.start + left, case.quote.end + left)
    start, end = _agreed(text, mine, theirs, passage.correction is not None, bool(case.corrections))

    def widen(correction: str, span: tuple[int, int]) -> str:
        return text[start : span[0]] + correction + text[span[1] : end]

    return Joined(
        cut(text, start, end),
        tuple(widen(correction, theirs) for correction in case.corrections),
        None if passage.correction is None else widen(passage.correction, mine),
        start - mine[0],
    )


def _agreed(
    text: str, mine: tuple[int, int], theirs: tuple[int, int], i_correct: bool, they_correct: bool
) -> tuple[int, int]:
    if i_correct and they_correct:
        return min(mine[0], theirs[0]), max(mine[1], theirs[1])
    if i_correct:
        return mine
    if they_correct:
        return theirs
    return whole_words(text, max(mine[0], theirs[0]), min(mine[1], theirs[1]))


def _offset(a: Quote, b: Quote) -> int | None:
    """How far `a` must move to lie on `b` so that their passages overlap."""
    for offset in align(a.text, b.text):
        if a.start + offset < b.end and b.start < a.end + offset:
            return offset
    return None


def _share(a: Quote, b: Quote) -> float:
    """How much of both passages is common to both: 0 nothing, 1 the same span."""
    offset = _offset(a, b)
    if offset is None:
        return 0
    common = min(a.end + offset, b.end) - max(a.start + offset, b.start)
    return common / (max(a.end + offset, b.end) - min(a.start + offset, b.start))


def _merge(piece: str, frame: str, offset: int) -> tuple[str, int]:
    """Both pieces as one text, and how far the frame moved to the right in it."""
    left = max(0, -offset)
    return piece[:left] + frame + piece[max(0, len(frame) - offset) :], left
