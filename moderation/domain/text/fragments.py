"""Text fragments made of the contexts of reports, for pages without a page text.

Quotes whose contexts overlap are in one fragment, so that their spans can be compared. Contexts that share
too little, or that two parts of the page could share, stay in separate fragments, unless their readers
selected the same words at the same position.
The work is bounded: it grows with the number of characters, not with the number of pairs of quotes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat

from moderation.domain.text.normalise import Quote, fold
from moderation.domain.text.overlaps import Overlap, Overlaps

# Two readers' pages may differ by this much before the passage (a banner, a correction), in code points.
_POSITION_SLACK = 200
# A fragment does not grow beyond this length, in code points.
_LONGEST_FRAGMENT = 200_000
PAGE_TEXT = 0
"""The text that a page was last read with, as the text of a Span."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Start and end of a passage in one text, in code points, end excluded.

    `text` is PAGE_TEXT for the page text, and the number of the fragment otherwise.
    """

    text: int
    start: int
    end: int

    def shared(self, other: "Span") -> int:
        """Number of code points that are in both spans."""
        if self.text != other.text:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(slots=True)
class _Fragment:
    """`members` are the contexts in it: index of the context, and its offset in `text`."""

    text: str
    folded: str
    members: list[tuple[int, int]] = field(default_factory=list)


class Fragments:
    """The fragments that a page's quotes make together. They do not depend on the order of the quotes.

    `positions` says, for each quote, where its passage started in the reader's page text (None: not known).
    Two contexts that overlap but were read at different positions are of two parts of the page.
    """

    def __init__(self, quotes: Iterable[Quote], positions: Iterable[int | None] = ()) -> None:
        starts: dict[str, int] = {}
        originals: dict[str, str] = {}
        same_passage: dict[tuple[int, str], set[str]] = defaultdict(set)
        for quote, position in zip(quotes, chain(positions, repeat(None)), strict=False):
            folded = fold(quote.text)
            originals[folded] = min(quote.text, originals.get(folded, quote.text))
            if position is not None:
                start = position - quote.start
                starts[folded] = min(start, starts.get(folded, start))
                same_passage[position, fold(quote.exact)].add(folded)
        self._contexts = sorted(originals, key=lambda text: (-len(text), text))
        self._originals = [originals[text] for text in self._contexts]
        self._starts = [starts.get(text) for text in self._contexts]
        self._numbers = {text: index for index, text in enumerate(self._contexts)}
        overlaps = Overlaps(self._contexts)
        self.comparisons = overlaps.comparisons
        """Number of comparisons of two contexts, for tests of the bound."""
        self._inside = self._containers(overlaps.inside)
        self._fragment: dict[int, _Fragment] = {}
        for index, text in enumerate(self._contexts):
            if index not in self._inside:
                self._fragment[index] = _Fragment(self._originals[index], text, [(index, 0)])
        edges = overlaps.edges + list(self._of_one_passage(same_passage.values()))
        for overlap in sorted(edges, key=lambda edge: (-edge.length, edge.first, edge.second)):
            both_apart = overlap.first in self._fragment and overlap.second in self._fragment
            if both_apart and self._same_position(overlap):
                self._join(overlap)
        self._place_contexts()

    def place(self, quote: Quote) -> Span:
        """The span of one of the quotes. An empty quote has an empty span in a fragment without text.

        Raises ValueError for a quote that the fragments were not made with.
        """
        index = self._numbers.get(fold(quote.text))
        if index is None:
            raise ValueError("The fragments were not made with this quote. Pass it to Fragments(…) first.")
        number, offset = self._places[index]
        return Span(number, offset + quote.start, offset + quote.end)

    def around(self, span: Span, reach: int) -> Quote:
        """The text at a span with at most `reach` code points on either side.

        It is one reader's own context where one holds the span, so that it never mixes two places.
        """
        fragment = self._texts[span.text - 1]

        def context(member: tuple[int, int]) -> tuple[int, int]:
            index, offset = member
            before = min(span.start - offset, reach)
            after = min(offset + len(self._contexts[index]) - span.end, reach)
            return (before + after, -index) if before >= 0 and after >= 0 else (-1, -index)

        index, offset = max(fragment.members, key=context)
        text = self._originals[index]
        if context((index, offset))[0] < 0:
            text, offset = fragment.text, 0
        start, end = span.start - offset, span.end - offset
        return Quote(text[start:end], text[max(0, start - reach) : start], text[end : end + reach])

    def _of_one_passage(self, groups: Iterable[Collection[str]]) -> Iterator[Overlap]:
        """Overlaps of contexts around the same words at the same position.

        They can share just these words: one reader's program sent the text before, another's the text after.
        """
        starts = [start or 0 for start in self._starts]
        for group in groups:
            indices = sorted(map(self._numbers.__getitem__, group), key=lambda index: (starts[index], index))
            for first, second in pairwise(indices):
                offset = starts[second] - starts[first]
                length = min(len(self._contexts[first]) - offset, len(self._contexts[second]))
                yield Overlap(first, second, offset, length)

    def _containers(self, inside: Sequence[Overlap]) -> dict[int, tuple[int, int]]:
        """For each context that lies in a longer one: that one, and the offset in it."""
        chosen: dict[int, tuple[int, int]] = {}
        known: dict[int, bool] = {}
        for overlap in inside:
            agrees = self._same_position(overlap)
            if overlap.second not in chosen or (agrees and not known[overlap.second]):
                chosen[overlap.second] = (overlap.first, overlap.offset)
                known[overlap.second] = agrees
        return chosen

    def _same_position(self, overlap: Overlap) -> bool:
        """Return whether the readers' positions allow that both contexts are of one part of the page."""
        first, second = self._starts[overlap.first], self._starts[overlap.second]
        if first is None or second is None:
            return True
        return abs(second - first - overlap.offset) <= _POSITION_SLACK

    def _join(self, overlap: Overlap) -> None:
        """Join the fragments of two contexts, unless their texts contradict each other."""
        first, second = self._fragment[overlap.first], self._fragment[overlap.second]
        if first is second or len(first.text) + len(second.text) > _LONGEST_FRAGMENT:
            return
        shift = _offset(first, overlap.first) + overlap.offset - _offset(second, overlap.second)
        if shift < 0:
            first, second, shift = second, first, -shift
        shared = min(len(first.folded) - shift, len(second.folded))
        if shared <= 0 or first.folded[shift : shift + shared] != second.folded[:shared]:
            return
        first.text += second.text[shared:]
        first.folded += second.folded[shared:]
        for index, offset in second.members:
            first.members.append((index, offset + shift))
            self._fragment[index] = first

    def _place_contexts(self) -> None:
        """Number the fragments, and note for each context its fragment and its offset there."""
        self._texts: list[_Fragment] = []
        self._places: dict[int, tuple[int, int]] = {}
        for index in range(len(self._contexts)):
            if index in self._inside:  # containers are longer, so that they have a place by now
                container, within = self._inside[index]
                number, offset = self._places[container]
                self._places[index] = (number, offset + within)
                self._texts[number - 1].members.append((index, offset + within))
            elif index not in self._places:
                fragment = self._fragment[index]
                self._texts.append(fragment)
                self._places.update({member: (len(self._texts), at) for member, at in fragment.members})


def _offset(fragment: _Fragment, index: int) -> int:
    return next(offset for member, offset in fragment.members if member == index)
