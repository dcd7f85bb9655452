"""Simple algorithms to find a passage again."""

from rapidfuzz import fuzz

from moderation.domain.text.normalise import Quote


def find_first(text: str, quote: Quote, _position: int) -> tuple[int, int] | None:
    """Return the first exact match of the passage."""
    at = text.find(quote.exact)
    return None if at < 0 else (at, at + len(quote.exact))


def find_weighted(text: str, quote: Quote, position: int) -> tuple[int, int] | None:
    """Return an exact match, else the best fuzzy match: quote 50, prefix 20, suffix 20, position 2."""
    length = len(quote.exact)
    spans: list[tuple[int, int, float]] = []
    at = text.find(quote.exact)
    while at >= 0 and len(spans) < 200:
        spans.append((at, at + length, 1.0))
        at = text.find(quote.exact, at + 1)
    if not spans:
        found = fuzz.partial_ratio_alignment(quote.exact, text, score_cutoff=50)
        if found is None:
            return None
        spans = [(found.dest_start, found.dest_end, found.score / 100)]

    def score(span: tuple[int, int, float]) -> float:
        start, end, same = span
        before = fuzz.ratio(quote.prefix, text[max(0, start - len(quote.prefix)) : start]) / 100
        after = fuzz.ratio(quote.suffix, text[end : end + len(quote.suffix)]) / 100
        near = 1 - abs(start - position) / max(1, len(text))
        return 50 * same + 20 * before + 20 * after + 2 * near

    best = max(spans, key=score)
    return best[0], best[1]
