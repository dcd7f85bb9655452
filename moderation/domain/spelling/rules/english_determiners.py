"""English determiners before a noun of the other number: "this files", "these file", "there is many"."""

from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.english_forms import is_verb, singular
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_LIKELY = 0.92
_PLURALS = {"this": "these", "that": "those", "much": "many"}
_SEVERAL = frozenset("two three four five many several some few other different various no only".split())
_IRREGULAR = frozenset("people children men women these those".split())


def english_determiner(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Suggest the determiner, or the verb after there, that the number of the noun asks for."""
    if not spot.after.isalpha():
        return
    if spot.low in _PLURALS and _is_plural(spot.after, lexicon):
        yield spot.instead(_PLURALS[spot.low], _LIKELY)
    elif spot.before == "there" and spot.low in ("is", "was"):
        noun = spot.after_next() if spot.after in _SEVERAL else spot.after
        if _is_plural(noun, lexicon) or (spot.after in _SEVERAL - {"no", "only", "some", "other"}):
            yield spot.instead({"is": "are", "was": "were"}[spot.low], _LIKELY)
    elif spot.before == "there" and spot.low in ("are", "were") and spot.after in ("a", "an", "another"):
        yield spot.instead({"are": "is", "were": "was"}[spot.low], _LIKELY)


def _is_plural(word: str, lexicon: Lexicon) -> bool:
    one = singular(word, lexicon)
    return word in _IRREGULAR or (one is not None and not is_verb(one, lexicon))
