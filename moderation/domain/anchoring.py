"""Finding again: where one piece of a page's text lies on another."""

from collections.abc import Iterator

from moderation.domain.text import fold

# Shorter overlaps of unrelated pieces happen by chance ("в том числе", "as well as").
ENOUGH = 12


def align(piece: str, frame: str) -> Iterator[int]:
    """Offsets at which `piece` lies on `frame`, best first: piece[i] is then frame[i + offset].

    Both are normalised pieces of one page; either may reach beyond the other on either side. They lie
    on each other when they agree on everything they share, which must be at least ENOUGH characters
    (or all of a shorter piece). Offsets are code points and may be negative.

    Two pieces that overlap have the start of one inside the other, so two look-ups find every place.
    """
    a, b = fold(piece), fold(frame)
    if not a or not b:
        return
    offsets = set(_occurrences(a[:ENOUGH], b))
    offsets.update(-at for at in _occurrences(b[:ENOUGH], a))
    agreeing = [offset for offset in offsets if _agree(a, b, offset)]
    yield from sorted(agreeing, key=lambda offset: (-_shared(a, b, offset), abs(offset)))


def _occurrences(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _shared(a: str, b: str, offset: int) -> int:
    return min(len(a) + offset, len(b)) - max(offset, 0)


def _agree(a: str, b: str, offset: int) -> bool:
    start, end = max(offset, 0), min(len(a) + offset, len(b))
    enough = min(ENOUGH, len(a), len(b))
    return end - start >= enough and a[start - offset : end - offset] == b[start:end]
