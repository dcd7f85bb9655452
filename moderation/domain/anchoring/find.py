"""Finding again: where a quote stands in a page text, or that it is gone.

Places come from the passage where it still stands word for word, and from the gaps between its surroundings
where it was mended; `agreement` says what speaks for each. The best place must have enough in its favour on
its own: a common word in another sentence has not, and the passage is then gone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from moderation.domain.anchoring.gaps import MOST_PLACES, mended_places
from moderation.domain.anchoring.scoring import Candidate, cuts_word, word_for_word
from moderation.domain.text.folding import Folded, folded
from moderation.domain.text.normalise import Quote, occurrences

_NEIGHBOUR = 6
# How much must speak for a place, in agreeing characters: around it, on either side of a mended one, in all.
_ENOUGH_AROUND = 8.0
_ENOUGH_A_SIDE = 14.0
_ENOUGH_IN_ALL = 16.0
# A longer passage than a common word is less likely elsewhere by chance; one so long is not at all.
_COMMON = 8
_LONG = 40
# What it costs to stand at the other end of the page: little, but it decides between equals.
_POSITION = 24.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: a span of the page text, code points. `confidence` is 0 to 1.

    `changed`: its surroundings are there, and between them stands something else than the passage.
    """

    start: int
    end: int
    confidence: float
    changed: bool


class PageText:
    """A page text, ready to be searched more than once."""

    __slots__ = ("folded", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: Folded = folded(text)

    def find(self, quote: Quote, position: int | None = None) -> Place | None:
        """The quote's place, or None when it is gone. `position` is where it stood, a hint among equals."""
        return _find(self, quote, position)


def _find(page: PageText, quote: Quote, position: int | None) -> Place | None:
    text = page.folded.text
    quote = Quote(_fold(quote.exact), _fold(quote.prefix), _fold(quote.suffix))
    candidates = _candidates(text, quote)
    enough = [candidate for candidate in candidates if _is_enough(candidate, quote)]
    if not enough:
        return None

    def order(candidate: Candidate) -> tuple[float, float]:
        away = 0.0 if position is None else abs(page.folded.original(candidate.start) - position)
        return candidate.score - _POSITION * away / (len(text) + 1), -away

    best = max(enough, key=order)
    start, end = page.folded.original(best.start), page.folded.original_end(best.end)
    return Place(start, max(start, end), _confidence(best, candidates, len(quote.text)), best.changed)


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return folded(text).text


def _candidates(text: str, quote: Quote) -> list[Candidate]:
    unchanged = [word_for_word(text, at, quote) for at in _unchanged(text, quote)]
    if any(place.around >= 0.9 * len(quote.prefix + quote.suffix) for place in unchanged):
        return unchanged
    standing = [
        place for place in unchanged if _is_enough(place, quote) and not cuts_word(text, place.start, quote)
    ]
    mended = [
        place for place in mended_places(text, quote) if not any(place.touches(other) for other in standing)
    ]
    return unchanged + mended


def _unchanged(text: str, quote: Quote) -> Collection[int]:
    """Where the passage stands as it was; of very many places only those with a neighbour in common."""
    exact = quote.exact
    places: list[int] | set[int] = list(occurrences(exact, text, MOST_PLACES))
    if len(places) >= MOST_PLACES:
        before, after = quote.prefix[-_NEIGHBOUR:], quote.suffix[:_NEIGHBOUR]
        places = {at + len(before) for at in occurrences(before + exact, text, MOST_PLACES)}
        places |= set(occurrences(exact + after, text, MOST_PLACES))
    return places


def _is_enough(place: Candidate, quote: Quote) -> bool:
    around = len(quote.prefix + quote.suffix)
    if around == 0:  # nothing but the passage was sent
        return not place.changed
    if place.changed:
        sides = ((place.before, quote.prefix), (place.after, quote.suffix))
        return all(score >= min(_ENOUGH_A_SIDE, 0.6 * len(piece)) for score, piece in sides)
    length = len(quote.exact)
    if length >= _LONG:
        return True
    needed = _ENOUGH_AROUND - max(0, length - _COMMON) / 2
    return place.around >= min(needed, 0.6 * around) and place.score >= min(
        _ENOUGH_IN_ALL, 0.6 * (around + length)
    )


def _confidence(best: Candidate, candidates: list[Candidate], whole: int) -> float:
    rivals = [one.score for one in candidates if one.start >= best.end or one.end <= best.start]
    lead = best.score - max(rivals, default=0.0)
    return round(max(0.0, min(1.0, best.score / whole, 0.5 + lead / (2 * _ENOUGH_AROUND))), 3)
