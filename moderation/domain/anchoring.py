"""Finding again: where a quote stands in a page text, or that it is gone.

A place is judged by what it shares with the quote: the passage itself, and its surroundings read outwards
from the passage's edges, where every agreeing character speaks for the place and every edit against it (the
extension step of BLAST, Altschul et al. 1990). Places come from the passage where it still stands word for
word, and from pieces of its surroundings where it was mended. The best place must have enough in its favour
on its own: a common word in another sentence has not, and the passage is then gone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from moderation.domain.folding import Folded, folded
from moderation.domain.text import Quote

# What speaks against a place, in agreeing characters: an edit at all, and each character of it.
_EDIT = 3.0
_EDITED_CHAR = 0.6
# Seeds: pieces of the surroundings that lead to a mended passage's place.
_SEED = 12
_MOST_PLACES = 400
_NEIGHBOUR = 6
# What the surroundings of a place inside a word count, where the quote is a whole one.
_CUT = 0.8
# How much must speak for a place, in agreeing characters.
_ENOUGH_AROUND = 8.0
_ENOUGH_A_SIDE = 14.0
_ENOUGH_IN_ALL = 16.0
# What it costs to stand at the other end of the page: little, but it decides between equals.
_POSITION = 8.0
# A passage as long as this is not elsewhere by chance.
_LONG = 40


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    before: float
    after: float
    inside: float
    changed: bool

    @property
    def around(self) -> float:
        return self.before + self.after

    @property
    def score(self) -> float:
        return self.around + self.inside


def _find(page: PageText, quote: Quote, position: int | None) -> Place | None:
    exact, prefix, suffix = _fold(quote.exact), _fold(quote.prefix), _fold(quote.suffix)
    text = page.folded.text
    candidates = [
        _candidate(text, (at, at + len(exact)), prefix, suffix, inside=len(exact), changed=False)
        for at in _word_for_word(text, exact, prefix, suffix)
    ]
    whole = len(prefix) + len(suffix)
    if not any(candidate.around >= 0.9 * whole for candidate in candidates):
        candidates += _changed(text, exact, prefix, suffix)
    enough = [candidate for candidate in candidates if _is_enough(candidate, Quote(exact, prefix, suffix))]
    if not enough:
        return None

    def order(candidate: _Candidate) -> tuple[float, float]:
        away = 0.0 if position is None else abs(page.folded.original(candidate.start) - position)
        return candidate.score - _POSITION * away / (len(text) + 1), -away

    best = max(enough, key=order)
    start, end = page.folded.original(best.start), page.folded.original_end(best.end)
    return Place(start, max(start, end), _confidence(best, candidates, whole + len(exact)), best.changed)


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return folded(text).text


def _is_enough(candidate: _Candidate, quote: Quote) -> bool:
    whole = len(quote.prefix) + len(quote.suffix)
    if whole == 0:  # nothing but the passage was sent
        return not candidate.changed
    if candidate.changed:
        sides = ((candidate.before, quote.prefix), (candidate.after, quote.suffix))
        return all(score >= min(_ENOUGH_A_SIDE, 0.6 * len(piece)) for score, piece in sides)
    if len(quote.exact) >= _LONG:
        return True
    around = min(_ENOUGH_AROUND, 0.6 * whole)
    return candidate.around >= around and candidate.score >= min(
        _ENOUGH_IN_ALL, 0.6 * (whole + len(quote.exact))
    )


def _confidence(best: _Candidate, candidates: list[_Candidate], whole: int) -> float:
    rivals = [one.score for one in candidates if one.start >= best.end or one.end <= best.start]
    lead = best.score - max(rivals, default=0.0)
    return round(max(0.0, min(1.0, best.score / whole, 0.5 + lead / (2 * _ENOUGH_AROUND))), 3)


def _word_for_word(text: str, exact: str, prefix: str, suffix: str) -> Collection[int]:
    """Where the passage stands as it was; of very many places only those with a neighbour in common."""
    places: list[int] | set[int] = list(_occurrences(exact, text))
    if len(places) >= _MOST_PLACES:
        before, after = prefix[-_NEIGHBOUR:], suffix[:_NEIGHBOUR]
        places = {at + len(before) for at in _occurrences(before + exact, text)}
        places |= set(_occurrences(exact + after, text))
    return places


def _cuts_word(text: str, start: int, end: int, quote: Quote) -> bool:
    """Whether the place is inside a word where the quote is a whole one: "ни" in "они"."""
    exact = quote.exact
    left = not _joined(quote.prefix[-1:], exact[:1]) and _joined(text[max(0, start - 1) : start], exact[:1])
    right = not _joined(exact[-1:], quote.suffix[:1]) and _joined(exact[-1:], text[end : end + 1])
    return left or right


def _joined(a: str, b: str) -> bool:
    return a.isalnum() and b.isalnum()


def _candidate(
    text: str, span: tuple[int, int], prefix: str, suffix: str, *, inside: float, changed: bool
) -> _Candidate:
    start, end = span
    before = _extend(prefix[::-1], text[max(0, start - 2 * len(prefix)) : start][::-1])
    after = _extend(suffix, text[end : end + 2 * len(suffix)])
    if not changed and _cuts_word(text, start, end, Quote(text[start:end], prefix, suffix)):
        before, after = _CUT * before, _CUT * after
    return _Candidate(start, end, before, after, inside, changed)


def _changed(text: str, exact: str, prefix: str, suffix: str) -> Iterator[_Candidate]:
    """Places between the passage's surroundings, where the passage itself was mended."""
    reach = max(24, len(exact))
    for left, right in set(_gaps(text, prefix, suffix, len(exact), reach)):
        if right < left or right - left > len(exact) + 2 * reach:
            continue
        if left < right and _cuts_word(text, left, right, Quote(text[left:right], prefix, suffix)):
            continue
        # Where the passage stands in the gap as it was, it was not mended: something was added beside it.
        quote, gap = Quote(exact, prefix, suffix), text[left:right]
        if any(not _cuts_word(gap, at, at + len(exact), quote) for at in _occurrences(exact, gap)):
            continue
        edits = Levenshtein.distance(exact, text[left:right])
        inside = max(len(exact), right - left) - edits - _EDIT - _EDITED_CHAR * edits
        yield _candidate(text, (left, right), prefix, suffix, inside=inside, changed=True)


def _gaps(text: str, prefix: str, suffix: str, length: int, reach: int) -> Iterator[tuple[int, int]]:
    """Spans that may be the passage's: from where the prefix ends to where the suffix begins."""
    for left in _edges_after(text, prefix):
        window = text[left : left + length + reach + len(suffix)]
        right = _edge_before(window, suffix)
        if right is not None:
            yield left, left + right
    for right in _edges_before(text, suffix):
        start = max(0, right - length - reach - len(prefix))
        edge = _edge_after(text[start:right], prefix)
        if edge is not None:
            yield start + edge, right


def _edges_after(text: str, prefix: str) -> Iterator[int]:
    """Where the prefix ends in the text, led by its last characters, then by those before them."""
    for back in (0, _SEED, 2 * _SEED):
        seed = prefix[max(0, len(prefix) - back - _SEED) : len(prefix) - back]
        if len(seed) >= min(_SEED, len(prefix)) and seed.strip():
            found = [at + len(seed) + back for at in _occurrences(seed, text)]
            if found:
                yield from found
                return


def _edges_before(text: str, suffix: str) -> Iterator[int]:
    for ahead in (0, _SEED, 2 * _SEED):
        seed = suffix[ahead : ahead + _SEED]
        if len(seed) >= min(_SEED, len(suffix)) and seed.strip():
            found = [at - ahead for at in _occurrences(seed, text) if at >= ahead]
            if found:
                yield from found
                return


def _edge_before(window: str, suffix: str) -> int | None:
    """Where the suffix begins in a short window."""
    return next(_edges_before(window, suffix), None) if suffix else len(window)


def _edge_after(window: str, prefix: str) -> int | None:
    edges = list(_edges_after(window, prefix)) if prefix else [0]
    return edges[-1] if edges else None


def _occurrences(needle: str, text: str) -> Iterator[int]:
    if not needle:
        return
    at = text.find(needle)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(needle, at + 1)


def _extend(piece: str, text: str) -> float:
    """How far the piece agrees with the text, read from their common start: the best sum on the way."""
    if not piece:
        return 0.0
    same = 0
    for a, b in zip(piece, text, strict=False):
        if a != b:
            break
        same += 1
    best = score = float(same)
    piece, text = piece[same:], text[same : 2 * len(piece)]
    done = 0
    for op in Levenshtein.opcodes(piece, text):
        if op.tag == "equal":
            score += op.src_end - op.src_start
            best = max(best, score)
            done = op.src_end
        elif done < len(piece):
            edited = max(op.src_end - op.src_start, op.dest_end - op.dest_start)
            score -= _EDIT + _EDITED_CHAR * edited
    return best
