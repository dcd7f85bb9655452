"""Phrases that are often written wrong: a pattern, what stands there instead, and a confidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moderation.domain.spelling.words import Guess
from moderation.domain.text.normalise import Quote

_REACH = 60


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern that is tried on the reported passage with its surroundings."""

    pattern: re.Pattern[str]
    right: str
    confidence: float


def phrase(pattern: str, right: str, confidence: float = 0.93) -> Phrase:
    """Make a phrase. Its pattern begins and ends at a word's edge, and letter case does not count."""
    edge = r"(?:(?!\w)|(?<!\w))"
    return Phrase(re.compile(rf"(?<!\w)(?:{pattern}){edge}", re.IGNORECASE), right, confidence)


def phrases_of(table: str, confidence: float = 0.93) -> list[Phrase]:
    """Read lines of `wrong = right`; spaces in a wrong phrase stand for any space."""
    pairs = (line.split(" = ") for line in table.strip().splitlines())
    return [phrase(re.escape(wrong.strip()), right.strip(), confidence) for wrong, right in pairs]


def suggest_phrase(quote: Quote, phrases: Sequence[Phrase]) -> Iterator[Guess]:
    """Suggest the right phrase, if what differs from the wrong one lies inside the passage."""
    before, after = quote.prefix[-_REACH:], quote.suffix[:_REACH]
    text, start = before + quote.exact + after, len(before)
    end = start + len(quote.exact)
    for phrase in phrases:
        for match in phrase.pattern.finditer(text):
            right = match.expand(phrase.right)
            if match[0][:1].isupper():
                right = right[:1].upper() + right[1:]
            head, tail = _shared(match[0], right)
            first, last = match.start() + head, match.end() - tail
            if start <= first and last <= end and right != match[0] and match.start() < end:
                mended = right[head : len(right) - tail]
                yield Guess(text[start:first] + mended + text[last:end], phrase.confidence)


def _shared(one: str, other: str) -> tuple[int, int]:
    """Return how many characters two phrases share at their beginning, and then at their end."""
    shortest = min(len(one), len(other))
    head = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return head, tail
