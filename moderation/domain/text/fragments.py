"""A page text from the reports' own contexts, for pages that nobody could fetch.

Quotes of one page whose surroundings overlap lie in one fragment; a span in it is comparable with every
other. Pieces that share too little stay apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moderation.domain.text.normalise import Quote, fold, occurrences

# Shorter overlaps of unrelated pieces happen by chance ("в том числе", "as well as").
ENOUGH = 12


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage's place: which text, and start and end in it (code points, end excluded).

    `text` is 0 for the page text, other numbers for fragments; a start may be negative in those.
    """

    text: int
    start: int
    end: int

    def shared(self, other: "Span") -> int:
        """How many code points both hold."""
        if self.text != other.text:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Fragments:
    """The pieces that a page's quotes make together. Their texts do not depend on the order of the quotes."""

    def __init__(self, quotes: Iterable[Quote]) -> None:
        self._texts: list[str] = []
        self._folded: list[str] = []
        for text in sorted({quote.text for quote in quotes}, key=len, reverse=True):
            self._absorb(text)

    def place(self, quote: Quote) -> Span:
        """The span of a quote that the fragments were made with."""
        piece = fold(quote.text)
        best: tuple[int, int, int] | None = None
        for number, folded in enumerate(self._folded, start=1):
            for offset in _align(piece, folded):
                shared = _overlap(piece, folded, offset)
                if best is None or shared > best[0]:
                    best = shared, number, offset
                break
        if best is None:
            raise ValueError("the fragments were not made with this quote")
        _, number, offset = best
        return Span(number, offset + quote.start, offset + quote.end)

    def around(self, span: Span, reach: int) -> Quote:
        """What stands at a span, with as much as `reach` code points on either side."""
        text = self._texts[span.text - 1]
        start, end = span.start, span.end
        return Quote(text[start:end], text[max(0, start - reach) : start], text[end : end + reach])

    def _absorb(self, text: str) -> None:
        """Join the text with every fragment that it lies on, or make it one of its own."""
        at = 0
        while at < len(self._texts):
            folded = fold(text)
            offset = next(_align(folded, self._folded[at]), None)
            if offset is None:
                at += 1
                continue
            known = self._texts.pop(at)
            self._folded.pop(at)
            text = text[: max(0, -offset)] + known + text[max(0, len(known) - offset) :]
            at = 0
        self._texts.append(text)
        self._folded.append(fold(text))


def _align(a: str, b: str) -> Iterator[int]:
    """Offsets at which folded `a` lies on folded `b`, best first: a[i] is then b[i + offset].

    They lie on each other when they agree on all they share, at least ENOUGH characters (or all of a
    shorter piece). Two pieces that overlap have the start of one inside the other, so two look-ups find
    every place.
    """
    if not a or not b:
        return
    offsets = set(occurrences(a[:ENOUGH], b))
    offsets.update(-at for at in occurrences(b[:ENOUGH], a))
    agreeing = [offset for offset in offsets if _agree(a, b, offset)]
    yield from sorted(agreeing, key=lambda offset: (-_overlap(a, b, offset), abs(offset)))


def _overlap(a: str, b: str, offset: int) -> int:
    return min(len(a) + offset, len(b)) - max(offset, 0)


def _agree(a: str, b: str, offset: int) -> bool:
    start, end = max(offset, 0), min(len(a) + offset, len(b))
    enough = min(ENOUGH, len(a), len(b))
    return end - start >= enough and a[start - offset : end - offset] == b[start:end]
