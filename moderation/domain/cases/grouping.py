"""Find the selections that show the same mistake.

All selections are grouped together, the narrowest first. The groups then do not depend on the order in which
the reports arrived. (Plain overlap in the order of arrival measured a precision of 0.985.)
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from moderation.domain.text.fragments import Span


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of whole words, or the smallest change that a correction makes.

    `fixed` names the group that the selection stays in: a decided case, or a case that an editor put it into.
    `in_contexts` is its span in the readers' own contexts. It compares a selection that the page text holds
    with a selection that the page text does not hold any more.
    """

    span: Span
    corrects: bool = False
    fixed: int | None = None
    in_contexts: Span | None = None

    @property
    def width(self) -> int:
        """Number of selected code points."""
        return self.span.end - self.span.start

    def comparable(self, other: "Selection") -> tuple[Span, Span]:
        """Both spans in one text, if there is one: in the page text, else in the readers' contexts."""
        if self.span.text == other.span.text:
            return self.span, other.span
        return self.in_contexts or self.span, other.in_contexts or other.span

    def overlap(self, other: "Selection") -> float:
        """The shared part of what both select together: 0 to 1."""
        a, b = self.comparable(other)
        if not a.shared(b) or (a != b and self._is_apart_in_contexts(other)):
            return 0.0
        return a.shared(b) / (max(a.end, b.end) - min(a.start, b.start))

    def _is_apart_in_contexts(self, other: "Selection") -> bool:
        """Return whether the context of one reader shows both, without an overlap.

        A short selection of a corrected word can be found in a later word that starts with the same letters.
        """
        a, b = self.in_contexts, other.in_contexts
        return a is not None and b is not None and a.text == b.text and not a.shared(b)


def group(selections: Sequence[Selection]) -> list[int]:
    """The number of each selection's group.

    A selection joins the group that it overlaps. When it overlaps several groups and has a correction, it
    joins the group that it shares most with, because its span is its change. Without a correction it does
    not show which of the mistakes it means, and gets its own group. Fixed selections stay in the group that
    they name. The other groups get the numbers after those.
    """
    fixed = [selection.fixed for selection in selections if selection.fixed is not None]
    groups = _Groups(following=max(fixed, default=-1) + 1)
    answer = [0] * len(selections)
    for index in sorted(range(len(selections)), key=lambda index: _order(selections[index])):
        answer[index] = groups.add(selections[index])
    return answer


def _order(selection: Selection) -> tuple[int, bool, int, bool, Span]:
    is_free = selection.fixed is None
    number = -1 if selection.fixed is None else selection.fixed
    return selection.width, is_free, number, not selection.corrects, selection.span


class _Index:
    """Selections with their groups, sorted by start in each text."""

    def __init__(self) -> None:
        self._by_text: dict[int, list[tuple[int, int, int, Selection]]] = defaultdict(list)
        self._widest: dict[int, int] = defaultdict(int)
        self._count = 0

    def add(self, number: int, selection: Selection) -> None:
        """Add a selection of a group."""
        self._count += 1
        for span in _names(selection):
            insort(self._by_text[span.text], (span.start, self._count, number, selection))
            self._widest[span.text] = max(self._widest[span.text], span.end - span.start)

    def touching(self, selection: Selection) -> Iterator[tuple[int, Selection]]:
        """The selections that overlap this one, with the numbers of their groups, from the left."""
        for span in _names(selection):
            rows = self._by_text.get(span.text, [])
            for at in range(bisect_left(rows, (span.start - self._widest[span.text],)), len(rows)):
                start, _, number, other = rows[at]
                if start >= span.end:
                    break
                if selection.overlap(other):
                    yield number, other


@dataclass(slots=True)
class _Groups:
    """The groups of the selections so far. Selections are added from the narrowest to the widest."""

    following: int
    """The number of the next new group."""
    cores: _Index = field(default_factory=_Index)
    """The selections that a wider one joins when it overlaps them."""
    named: _Index = field(default_factory=_Index)
    """The selections that an equal one joins."""

    def add(self, selection: Selection) -> int:
        """Put the selection into its group, and answer the group's number."""
        overlaps = self._overlaps(selection)
        if selection.fixed is not None:
            self.named.add(selection.fixed, selection)
            if not overlaps:
                self.cores.add(selection.fixed, selection)
            return selection.fixed
        for number, other in self.named.touching(selection):
            if selection.overlap(other) == 1:
                return number
        if len(overlaps) == 1 or (overlaps and selection.corrects):
            return max(overlaps, key=lambda number: overlaps[number])
        number, self.following = self.following, self.following + 1
        self.named.add(number, selection)
        if not overlaps:
            self.cores.add(number, selection)
        return number

    def _overlaps(self, selection: Selection) -> dict[int, float]:
        """By group, the largest overlap with one of its cores; the group of the leftmost core comes first."""
        overlaps: dict[int, float] = {}
        for number, core in self.cores.touching(selection):
            overlaps[number] = max(overlaps.get(number, 0.0), selection.overlap(core))
        return overlaps


def _names(selection: Selection) -> tuple[Span, ...]:
    """The spans that the selection is known by: in the page text and in the readers' contexts."""
    if selection.in_contexts is None or selection.in_contexts == selection.span:
        return (selection.span,)
    return selection.span, selection.in_contexts
