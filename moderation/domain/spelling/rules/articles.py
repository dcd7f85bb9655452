"""The English article: a before a consonant's sound, an before a vowel's."""

import re
from collections.abc import Iterator

from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_SURE = 0.93
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
_LIKE_YOU = re.compile(
    r"(?:uni(?!n|m)|us[aeu]|util|url|eu|ewe|ubiq|uran|uter|ute|ufo|uuid|one(?!\w)|once|one-|ui\b)"
)
_SPELLED = re.compile(r"[A-Z][A-Z0-9]*s?")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")


def article(spot: Spot) -> Iterator[Guess]:
    """Suggest the other article, if the sound of the next word asks for it."""
    if spot.low not in ("a", "an") or not spot.right_as_written[:1].isalpha():
        return
    wanted = "an" if _begins_with_vowel(spot.right_as_written) else "a"
    if spot.low != wanted and spot.right_as_written.isascii():
        yield Guess(wanted if spot.word[0].islower() else wanted.capitalize(), _SURE)


def _begins_with_vowel(word: str) -> bool:
    if _SPELLED.fullmatch(word) and not re.search("[AEIOU]", word[1:]):
        return word[0] in _VOWEL_LETTERS
    low = word.lower()
    if low.startswith(_SILENT_H):
        return True
    return low[0] in "aeiou" and not _LIKE_YOU.match(low)
