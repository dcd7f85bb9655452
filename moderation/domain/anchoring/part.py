"""Find a quote in one part of a page text.

Candidates are the positions where the passage stands word for word, and the gaps between its surroundings
where it was mended; `scoring` says how well each agrees with the quote. The best candidate must score enough
by itself: a common word in another sentence does not, and the passage is then gone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from moderation.domain.anchoring.gaps import MOST_POSITIONS, mended_candidates
from moderation.domain.anchoring.interrupted import interrupted_candidates, is_interrupted
from moderation.domain.anchoring.scoring import Candidate, cuts_word, unchanged, word_for_word
from moderation.domain.text.folding import Solid, folded, solid
from moderation.domain.text.normalise import Quote, occurrences

# Length of the context next to the passage that tells very frequent passages apart.
_NEIGHBOUR = 6
# Minimum score of a candidate, in agreeing characters: of its context, of each side when mended, and in all.
_ENOUGH_AROUND = 8.0
# From a tenth of the page on, a passage needs the more context the further it is from where it stood: for
# each further tenth this many characters.
_NEAR_PLACE = 0.1
_ENOUGH_PER_TENTH = 4.0
_ENOUGH_A_SIDE = 14.0
_ENOUGH_IN_ALL = 16.0
# Passages longer than 8 characters need less context; from 40 characters on, none.
_COMMON = 8
_LONG = 40
# Score lost by a candidate at the other end of the page: little, but it decides between equals.
POSITION = 24.0
# A passage whose context agrees to this part is not looked for elsewhere.
WHOLE_CONTEXT = 0.9
# A shorter passage is not looked for with other spaces.
_RESPACED = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A quote found in the page text: a span in code points. `confidence` is 0 to 1.

    `changed`: the surroundings are there, with a different text between them.
    `interrupted`: the text there is the passage with other text between its words. A style sheet might
    hide that text from readers.
    """

    start: int
    end: int
    confidence: float
    changed: bool
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """The best match in a part of the page, and its score in agreeing characters."""

    match: Match
    score: float
    around: float


class Part:
    """A part of a page text, in the forms that are searched."""

    __slots__ = ("_solid", "folded")

    def __init__(self, text: str) -> None:
        self.folded = folded(text)
        self._solid: Solid | None = None

    @property
    def solid(self) -> Solid:
        """The folded text without spaces. Few passages need it."""
        if self._solid is None:
            self._solid = solid(self.folded.text)
        return self._solid

    def find(self, quote: Quote, position: int | None) -> Scored | None:
        """Find the best match of a folded quote, or None. `position` is its former start in this part."""
        return _find(self, quote, position)


def _find(part: Part, quote: Quote, position: int | None) -> Scored | None:
    page = part.folded

    def away(candidate: Candidate) -> float:
        """Return the part of the page between the candidate and where the passage stood."""
        if position is None:
            return 0.0
        return abs(page.original(candidate.start) - position) / (len(page.text) + 1)

    def order(candidate: Candidate) -> tuple[float, float]:
        return candidate.score - POSITION * away(candidate), -away(candidate)

    candidates = _candidates(part, quote)
    enough = [one for one in candidates if _is_enough(one, quote, away=away(one))]
    if not enough:
        return None

    best = max(enough, key=order)
    start, end = page.original(best.start), page.original_end(best.end)
    confidence = _confidence(best, candidates, len(quote.text))
    interrupted = best.changed and is_interrupted(quote.exact, page.text[best.start : best.end])
    match = Match(start, max(start, end), confidence, best.changed, interrupted)
    return Scored(match, best.score, best.around)


def _candidates(part: Part, quote: Quote) -> list[Candidate]:
    text = part.folded.text
    word_by_word = [word_for_word(text, at, quote) for at in _unchanged_positions(text, quote)]
    whole_context = WHOLE_CONTEXT * len(quote.prefix + quote.suffix)
    if any(candidate.around >= whole_context for candidate in word_by_word):
        return word_by_word
    word_by_word += _respaced(part, quote)
    standing = [
        candidate
        for candidate in word_by_word
        if _is_enough(candidate, quote) and not cuts_word(text, candidate.start, candidate.end, quote)
    ]
    mended = [
        candidate
        for candidate in (
            *mended_candidates(text, quote),
            *interrupted_candidates(text, part.solid, quote),
        )
        if not any(candidate.touches(other) for other in standing)
    ]
    return word_by_word + mended


def _respaced(part: Part, quote: Quote) -> Iterator[Candidate]:
    """Candidates where the passage stands with other spaces: a style sheet separates or joins its words."""
    exact, text = quote.exact.replace(" ", ""), part.folded.text
    if len(exact) < _RESPACED:
        return
    for at in occurrences(exact, part.solid.text, MOST_POSITIONS):
        start, end = part.solid.original(at), part.solid.original_end(at + len(exact))
        if text[start:end] != quote.exact and not cuts_word(text, start, end, quote):
            yield unchanged(text, start, end, quote)


def _unchanged_positions(text: str, quote: Quote) -> Collection[int]:
    """Find the unchanged passage. Of very many positions, keep those with a neighbour of the quote."""
    exact = quote.exact
    positions: list[int] | set[int] = list(occurrences(exact, text, MOST_POSITIONS))
    if len(positions) >= MOST_POSITIONS:
        before, after = quote.prefix[-_NEIGHBOUR:], quote.suffix[:_NEIGHBOUR]
        positions = {at + len(before) for at in occurrences(before + exact, text, MOST_POSITIONS)}
        positions |= set(occurrences(exact + after, text, MOST_POSITIONS))
    return positions


def _is_enough(candidate: Candidate, quote: Quote, *, away: float = 0.0) -> bool:
    """Return whether the score of the candidate is enough by itself."""
    around = len(quote.prefix + quote.suffix)
    if around == 0:  # nothing but the passage was sent
        return not candidate.changed
    if candidate.changed:
        sides = ((candidate.before, quote.prefix), (candidate.after, quote.suffix))
        return all(score >= min(_ENOUGH_A_SIDE, 0.6 * len(piece)) for score, piece in sides)
    length = len(quote.exact)
    if length >= _LONG:
        return True
    far = _ENOUGH_PER_TENTH * 10 * max(0.0, away - _NEAR_PLACE)
    needed = _ENOUGH_AROUND + far - max(0, length - _COMMON) / 2
    return candidate.around >= min(needed, 0.6 * around) and candidate.score >= min(
        _ENOUGH_IN_ALL, 0.6 * (around + length)
    )


def _confidence(best: Candidate, candidates: list[Candidate], whole: int) -> float:
    rivals = [
        candidate.score
        for candidate in candidates
        if candidate.start >= best.end or candidate.end <= best.start
    ]
    lead = best.score - max(rivals, default=0.0)
    return round(max(0.0, min(1.0, best.score / whole, 0.5 + lead / (2 * _ENOUGH_AROUND))), 3)
