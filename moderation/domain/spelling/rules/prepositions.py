"""The two shapes of a Russian preposition: о and об, с and со, в and во, к and ко."""

from collections.abc import Iterator

from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_SURE = 0.95
_VOWELS = "аеёиоуыэюя"
# Before these letters followed by another consonant, с becomes со.
_AFTER_S = "сзшщж"


def preposition_shape(spot: Spot) -> Iterator[Guess]:
    """Suggest the other shape of a preposition, if the next word asks for it."""
    following = spot.after
    if len(following) < 2 or not ("а" <= following[0] <= "я" or following[0] == "ё"):
        return
    shape = _shape(spot.low, following)
    if shape is not None and shape != spot.low:
        yield spot.instead(shape, _SURE)


def _shape(word: str, following: str) -> str | None:
    """Return the shape that the preposition has before a word; None if both are possible."""
    if word in ("о", "об"):
        return _about(following)
    if word in ("с", "со"):
        return _with(following)
    return _in(following) if word in ("в", "во") else None


def _about(following: str) -> str | None:
    if following.startswith(("мне", "вс")):
        return None
    return "об" if following[0] in "аиоуэ" else "о"


def _with(following: str) -> str | None:
    first, second = following[0], following[1]
    clustered = first in _AFTER_S and second not in _VOWELS and second != "ь"
    if clustered or following.startswith(("вс", "вт", "мн", "льв", "льд")):
        return "со"
    return "с" if first in _VOWELS or second in _VOWELS else None


def _in(following: str) -> str | None:
    first, second = following[0], following[1]
    if first in "вф" and second not in _VOWELS and second != "ь":
        return "во"
    return "в" if second in _VOWELS and not following.startswith("им") else None
