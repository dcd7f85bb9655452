"""Which texts overlap, found by the first characters of each (an index of n-grams), in near-linear time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Shorter overlaps of unrelated texts happen by chance ("в том числе", "as well as").
SHORTEST = 12
# Texts beyond this number are compared with no other.
_MOST_TEXTS = 1000
# Maximum number of comparisons for one text; a text made to overlap everything costs no more.
_MOST_COMPARISONS = 200


@dataclass(frozen=True, slots=True)
class Overlap:
    """The text `second` begins at `offset` in the text `first`; `length` characters are shared."""

    first: int
    second: int
    offset: int
    length: int


class Overlaps:
    """The overlaps of distinct texts, which are sorted by falling length.

    `inside`: the second text lies in the first as a whole. `edges`: the first ends as the second begins,
    with at least SHORTEST characters in common. `comparisons` counts the work.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.inside: list[Overlap] = []
        self.edges: list[Overlap] = []
        self.comparisons = 0
        compared = min(len(texts), _MOST_TEXTS)
        self._compare_long([index for index in range(compared) if len(texts[index]) >= SHORTEST])
        self._compare_short([index for index in range(compared) if 0 < len(texts[index]) < SHORTEST])

    def _compare_long(self, indices: Sequence[int]) -> None:
        beginnings: dict[str, list[int]] = defaultdict(list)
        for index in indices:
            beginnings[self._texts[index][:SHORTEST]].append(index)
        for first in indices:
            for second, offset in self._candidates(first, beginnings):
                self._compare(first, second, offset)

    def _candidates(self, first: int, beginnings: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
        """Texts whose first characters stand somewhere in a text, with the offset."""
        text, left = self._texts[first], _MOST_COMPARISONS
        for offset in range(len(text) - SHORTEST + 1):
            for second in beginnings.get(text[offset : offset + SHORTEST], ()):
                if second == first:
                    continue
                if left == 0:
                    return
                left -= 1
                yield second, offset

    def _compare(self, first: int, second: int, offset: int) -> None:
        self.comparisons += 1
        text, other = self._texts[first], self._texts[second]
        if len(other) <= len(text) - offset:
            if text.startswith(other, offset):
                self.inside.append(Overlap(first, second, offset, len(other)))
        elif offset > 0 and other.startswith(text[offset:]):
            self.edges.append(Overlap(first, second, offset, len(text) - offset))

    def _compare_short(self, indices: Sequence[int]) -> None:
        """Find short texts in longer ones: one search of all texts for each."""
        searched = range(min(len(self._texts), _MOST_TEXTS))
        everything = "\0".join(self._texts[index] for index in searched)
        starts, at = [], 0
        for index in searched:
            starts.append(at)
            at += len(self._texts[index]) + 1
        for second in indices:
            self.comparisons += 1
            at = everything.find(self._texts[second])
            first = _last_at_most(starts, at)
            if first != second:
                self.inside.append(Overlap(first, second, at - starts[first], len(self._texts[second])))


def _last_at_most(starts: Sequence[int], at: int) -> int:
    """Index of the last start that is not behind an offset."""

    return bisect_right(starts, at) - 1
