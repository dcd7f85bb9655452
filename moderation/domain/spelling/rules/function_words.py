"""Short English words that are one letter apart: if for it, an for and, they for the."""

from collections.abc import Iterator

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_LIKELY = 0.9
_ONE_SLIP = 1.75
"""The cost of a slip in the first letter."""
_LEAD = 0.15

_KINDS = {
    "article": "a an the my your our their every",
    "preposition": "of at for from with into",
    "place": "in on by to as",
    "subject": "i he she we they",
    "it": "it you this that",
    "object": "me him us them",
    "be": "is are was were am be been",
    "modal": "can could will would may might must should cannot",
    "have": "has had have does did",
    "condition": "if because",
    "join": "and or but so",
    "then": "then than when where there here now not no its these those one only also just",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NEVER_BEFORE = {
    "article": "article preposition place subject it object be modal have condition join",
    "preposition": "preposition subject be modal have condition join",
    "subject": "article preposition place subject it object",
    "modal": "article preposition subject object modal condition",
    "be": "be subject modal have",
    "condition": "be modal have condition join preposition",
    "place": "subject modal be",
    "object": "subject",
}
_NEVER = frozenset((first, second) for first, kinds in _NEVER_BEFORE.items() for second in kinds.split())
# Pairs that the kinds forbid and English allows.
_FINE = frozenset(
    "to be, this is, as is, as was, as were, as i, as we, as he, as she, as they, as can, in are, on is, "
    "by i, have been, has been, had been, is been".split(", ")
)


def function_word(spot: Spot) -> Iterator[Guess]:
    """Suggest the short word that goes with the words beside it, if this one does not."""
    if spot.low not in _KIND_OF or _goes(spot.low, spot):
        return
    fitting = sorted(
        (cost(spot.low, word), word)
        for word in _KIND_OF
        if word != spot.low and cost(spot.low, word) <= _ONE_SLIP and _goes(word, spot)
    )
    if fitting and (len(fitting) == 1 or fitting[1][0] - fitting[0][0] >= _LEAD):
        yield spot.instead(fitting[0][1], _LIKELY)


def _goes(word: str, spot: Spot) -> bool:
    return _follows(spot.before, word) and _follows(word, spot.after)


def _follows(first: str, second: str) -> bool:
    return f"{first} {second}" in _FINE or (_KIND_OF.get(first), _KIND_OF.get(second)) not in _NEVER
