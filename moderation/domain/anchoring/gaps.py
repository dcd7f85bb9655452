"""Find the gaps of a text in which a mended passage can stand: between its prefix and its suffix.

Short pieces of the context (seeds, as in BLAST) lead to the gaps. Texts and quotes are folded.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from rapidfuzz.distance import Hamming, Levenshtein

from moderation.domain.anchoring.scoring import (
    Candidate,
    after,
    apart,
    before,
    cuts_word,
    joined,
    mended,
    resemblance,
    word_for_word,
)
from moderation.domain.text.normalise import Quote, occurrences

# Length of a piece of context that leads to a gap (a seed).
_SEED = 12
# Maximum number of positions examined for one seed.
MOST_POSITIONS = 400
# Maximum number of gaps that are compared, and of those whose edges are looked for, which costs far more. A
# page can hold the same words very often ("Reply · Share"), and a stranger can quote them.
_MOST_GAPS = 24
_MOST_UNCERTAIN = 4
# Maximum number of characters by which a gap may exceed the passage, for short passages.
_REACH = 24
# An edge is certain when this many characters of context next to it agree.
_CERTAIN = 6
# Maximum distance of an uncertain edge from where a seed puts it.
_SLACK = 24
# A passage that stands this near to the gap is the one that stood in it.
_BESIDE = 40

_Gap = tuple[int, int]


def mended_candidates(text: str, quote: Quote) -> Iterator[Candidate]:
    """Candidates between the passage's surroundings; word for word where the passage only moved a little."""
    reach = max(_REACH, len(quote.exact))
    gaps = _likeliest(text, set(_gaps(text, quote, reach)), quote)
    for start, end in _with_edges(text, gaps, quote):
        instead = Quote(text[start:end], quote.prefix, quote.suffix)
        if 0 <= end - start <= len(quote.exact) + 2 * reach and not cuts_word(text, start, end, instead):
            gap = mended(text, start, end, quote)
            yield _moved(text, gap, quote) or gap


def _likeliest(text: str, gaps: Collection[_Gap], quote: Quote) -> Collection[_Gap]:
    """Of very many gaps, those with the most equal characters of context next to them."""
    if len(gaps) <= _MOST_GAPS:
        return gaps

    prefix, suffix = quote.prefix, quote.suffix

    def agreement(gap: _Gap) -> tuple[int, _Gap]:
        left, right = gap
        before, after = text[max(0, left - len(prefix)) : left][::-1], text[right : right + len(suffix)]
        return int(Hamming.similarity(prefix[::-1], before) + Hamming.similarity(suffix, after)), gap

    return sorted(gaps, key=agreement)[-_MOST_GAPS:]


def _with_edges(text: str, gaps: Collection[_Gap], quote: Quote) -> set[_Gap]:
    """The gaps with their edges where all agrees best. Of very many uncertain ones, only the likeliest."""

    def unlike(gap: _Gap) -> tuple[int, _Gap]:
        left, right = gap
        before, after = text[max(0, left - len(quote.prefix)) : left], text[right : right + len(quote.suffix)]
        return Levenshtein.distance(quote.prefix, before) + Levenshtein.distance(quote.suffix, after), gap

    uncertain = [gap for gap in gaps if not _is_certain(text, gap, quote)]
    if len(uncertain) > _MOST_UNCERTAIN:
        uncertain = sorted(uncertain, key=unlike)[:_MOST_UNCERTAIN]
    return set(gaps).difference(uncertain) | {_settled(text, gap, quote) for gap in uncertain}


def _is_certain(text: str, gap: _Gap, quote: Quote) -> bool:
    return _is_left_certain(text, gap, quote) and _is_right_certain(text, gap, quote)


def _is_left_certain(text: str, gap: _Gap, quote: Quote) -> bool:
    return text.endswith(quote.prefix[-_CERTAIN:], 0, gap[0])


def _is_right_certain(text: str, gap: _Gap, quote: Quote) -> bool:
    return text.startswith(quote.suffix[:_CERTAIN], gap[1])


def _gaps(text: str, quote: Quote, reach: int) -> Iterator[_Gap]:
    """Spans from where the prefix ends to where the suffix begins."""
    prefix, suffix = quote.prefix, quote.suffix
    room = len(quote.exact) + reach
    for left in _edges_after(text, prefix):
        window = text[left : left + room + len(suffix)]
        right = next(_edges_before(window, suffix), None) if suffix else len(window)
        if right is not None:
            yield left, left + right
        if _is_closed(text, left, prefix, suffix):
            yield left, left
    for right in _edges_before(text, suffix):
        start = max(0, right - room - len(prefix))
        edge = _last_edge_after(text[start:right], prefix) if prefix else 0
        if edge is not None:
            yield start + edge, right


def _is_closed(text: str, at: int, prefix: str, suffix: str) -> bool:
    """Return whether the passage and one of the two spaces around it were removed here."""
    seed = suffix[1 : 1 + _SEED]
    return prefix[-1:] == suffix[:1] == " " and bool(seed.strip()) and text.startswith(seed, at)


def _edges_after(text: str, prefix: str) -> Iterator[int]:
    """Find ends of the prefix in the text: by its last characters first, then by earlier ones."""
    for seed, back in _seeds_of_prefix(prefix):
        is_found = False
        for at in occurrences(seed, text, MOST_POSITIONS):
            is_found = True
            yield at + len(seed) + back
        if is_found:
            return


def _last_edge_after(text: str, prefix: str) -> int | None:
    """Find the last end of the prefix in the text."""
    for seed, back in _seeds_of_prefix(prefix):
        at = text.rfind(seed)
        if at >= 0:
            return at + len(seed) + back
    return None


def _seeds_of_prefix(prefix: str) -> Iterator[tuple[str, int]]:
    """Pieces of the prefix, with their distance from its end."""
    for back in (0, _SEED, 2 * _SEED):
        seed = prefix[max(0, len(prefix) - back - _SEED) : len(prefix) - back]
        if len(seed) >= min(_SEED, len(prefix)) and seed.strip():
            yield seed, back


def _edges_before(text: str, suffix: str) -> Iterator[int]:
    """Find starts of the suffix in the text: by its first characters first, then by later ones."""
    for ahead in (0, _SEED, 2 * _SEED):
        seed = suffix[ahead : ahead + _SEED]
        if len(seed) >= min(_SEED, len(suffix)) and seed.strip():
            is_found = False
            for at in occurrences(seed, text, MOST_POSITIONS):
                if at >= ahead:
                    is_found = True
                    yield at - ahead
            if is_found:
                return


def _settled(text: str, gap: _Gap, quote: Quote) -> _Gap:
    """The gap with its edges where all agrees best.

    A seed that stood away from the passage says where the edge was, not how much was edited on the way to it.
    """
    left, right = gap
    if not _is_left_certain(text, gap, quote):

        def from_left(at: int) -> tuple[float, int]:
            return before(text, at, quote.prefix) + resemblance(quote.exact, text[at:right]), -abs(at - left)

        left = max((at for at in _borders(text, left) if at <= right), key=from_left, default=left)
    if not _is_right_certain(text, gap, quote):

        def from_right(at: int) -> tuple[float, int]:
            return after(text, at, quote.suffix) + resemblance(quote.exact, text[left:at]), -abs(at - right)

        right = max((at for at in _borders(text, right) if at >= left), key=from_right, default=right)
    return left, right


def _borders(text: str, near: int) -> Iterator[int]:
    """Offsets near an offset at which no word is cut."""
    for at in range(max(0, near - _SLACK), min(len(text), near + _SLACK) + 1):
        if not joined(text[max(0, at - 1) : at], text[at : at + 1]):
            yield at


def _moved(text: str, gap: Candidate, quote: Quote) -> Candidate | None:
    """The unchanged passage in or beside the gap: something near it was added or removed, it was not mended.

    Beside the gap it must stand as often as it stood around there, or it is another occurrence.
    """
    start = max(0, gap.start - _BESIDE)
    window = text[start : gap.end + _BESIDE]
    positions = [start + at for at in occurrences(quote.exact, window)]
    positions = [at for at in positions if not cuts_word(text, at, at + len(quote.exact), quote)]
    if not positions:
        return None

    def away(at: int) -> int:
        return max(0, at - gap.end, gap.start - at - len(quote.exact))

    nearest = min(positions, key=away)
    was = quote.prefix[-_BESIDE:] + quote.exact + quote.suffix[:_BESIDE]
    if away(nearest) and len(positions) < len(list(occurrences(quote.exact, was))):
        return None
    candidate, cost = word_for_word(text, nearest, quote), apart(away(nearest))
    return replace(
        candidate,
        before=max(candidate.before, gap.before - cost),
        after=max(candidate.after, gap.after - cost),
    )
