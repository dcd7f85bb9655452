"""Find a passage in a source: exactly once, judged by the text around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.source.units import Glyph, Unit, folded_text, units_of
from moderation.domain.text.normalise import Quote, occurrences

_MOST = 500
_ENOUGH = 8
"""Characters of context that must agree where the passage stands once."""
_SURE = 16
"""Characters of context that must agree where it stands several times."""


class NotThere(LookupError):
    """The source does not have the passage."""


class NotUnique(LookupError):
    """The source has the passage at several places that fit, or only where other text surrounds it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A possible position of a passage: its units, and how far its surroundings agree."""

    start: int
    end: int
    agreeing: int
    """Characters of context that agree, directly before and behind."""
    is_whole: bool
    """All context agrees, up to its end or to the end of the source."""

    @property
    def rank(self) -> tuple[bool, int]:
        """For comparing: the context agrees wholly, then for how long."""
        return self.is_whole and self.agreeing >= _ENOUGH, self.agreeing


@dataclass(frozen=True, slots=True)
class Needle:
    """A quote, folded as the source is."""

    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, quote: Quote) -> "Needle":
        """Fold the quote as one text, so that seams count once."""
        units = plain_units(quote.text)
        head = [unit for unit in units if unit.spans[0][1] <= quote.start]
        tail = [unit for unit in units if unit.spans[0][0] >= quote.end]
        exact = folded_text(units[len(head) : len(units) - len(tail)])
        return cls(exact, folded_text(head).lstrip(" "), folded_text(tail).rstrip(" "))


def plain_units(text: str) -> list[Unit]:
    """Units of a text without markup; spans count in the text."""
    return units_of(Glyph(char, at, at + 1, "plain") for at, char in enumerate(text))


def find_places(text: str, needle: Needle) -> list[Place]:
    """Every place of the passage in a folded text where it cuts no word, the best first."""
    places = [
        _judge(text, at, needle)
        for at in occurrences(needle.exact, text, _MOST)
        if not _cuts_word(text, at, at + len(needle.exact))
    ]
    return sorted(places, key=lambda place: place.rank, reverse=True)


def choose(places: Sequence[Place]) -> Place:
    """The one place that is meant. Raises NotThere, NotUnique."""
    if not places:
        raise NotThere
    best = places[0]
    if len(places) == 1:
        if best.is_whole or best.agreeing >= _ENOUGH:
            return best
        raise NotUnique
    second = places[1]
    if best.rank[0] and not second.rank[0]:
        return best
    if not second.rank[0] and best.agreeing >= _SURE and second.agreeing * 3 <= best.agreeing:
        return best
    raise NotUnique


def _judge(text: str, at: int, needle: Needle) -> Place:
    end = at + len(needle.exact)
    before = _common(text[max(0, at - len(needle.prefix)) : at][::-1], needle.prefix[::-1])
    after = _common(text[end : end + len(needle.suffix)], needle.suffix)
    whole_before = before == len(needle.prefix) or before >= len(text[:at].lstrip(" "))
    whole_after = after == len(needle.suffix) or after >= len(text[end:].rstrip(" "))
    return Place(at, end, before + after, whole_before and whole_after)


def _common(a: str, b: str) -> int:
    most = min(len(a), len(b))
    return next((at for at in range(most) if a[at] != b[at]), most)


def _cuts_word(text: str, start: int, end: int) -> bool:
    return _joins(text, start) or _joins(text, end)


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
