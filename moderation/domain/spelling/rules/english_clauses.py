"""English verb forms in a clause: "does it work", "files that are", "can be used", "the method returns a"."""

from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.english_forms import (
    bases,
    is_verb,
    participle,
    singular,
    third_person,
)
from moderation.domain.spelling.rules.spot import Spot, is_word
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.93, 0.9
_PRONOUNS = frozenset("it he she they we you him them us me this that her".split())
_ASKS = frozenset("does did do can could will would should must may let lets makes make helps help".split())
_BE = frozenset("be been being is are was were gets".split())
_HAVE = frozenset("has have had haven't hasn't".split())
_OBJECT = frozenset("a an the it its them all any this that these our your their only".split())
_LINKS = frozenset("by to in as with from for on at using".split())
_DETERMINER = frozenset("the a an this that each every our its your".split())
_PLURAL_DETERMINER = frozenset("the these those all our some most many its".split())
# After these a noun is no subject: "let the browser do".
_NO_SUBJECT = frozenset("of in and make makes let lets help to for with on see".split())
_COMMON = 3.5
_TO_PLURAL = {"is": "are", "was": "were", "has": "have", "doesn't": "don't"}
_TO_SINGULAR = {plural: one for one, plural in _TO_PLURAL.items()}


def english_clause(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Suggest the verb form that its clause asks for."""
    if len(spot.left) < 2 or not is_word(spot.before):
        return
    yield from _asked(spot, lexicon)
    yield from _after_be_and_have(spot, lexicon)
    yield from _in_relative_clause(spot, lexicon)
    yield from _with_subject(spot, lexicon)


def _asked(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Does it work, let it work."""
    if spot.before in _PRONOUNS and spot.left[1] in _ASKS:
        found = bases(spot.low, lexicon)
        if len(found) == 1 and found[0] != "be":
            yield spot.instead(found[0], _SURE)


def _after_be_and_have(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Can be used, has created."""
    if bases(spot.low, lexicon) or not is_verb(spot.low, lexicon):
        return
    if (spot.before in _BE and spot.after in _LINKS) or (spot.before in _HAVE and spot.after in _OBJECT):
        form = participle(spot.low, lexicon)
        if form is not None and form != spot.low:
            yield spot.instead(form, _LIKELY)


def _in_relative_clause(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Files that are, a file that is."""
    if spot.before not in ("that", "which", "who") or not is_word(spot.left[1]) or "of" in spot.left[2:5]:
        return
    if singular(spot.left[1], lexicon) is not None:
        yield from _in_plural(spot, lexicon)
    elif lexicon.zipf(third_person(spot.left[1])) >= _COMMON and spot.left[1].isalpha():
        yield from _in_singular(spot, lexicon)


def _with_subject(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """The method returns a value, the methods return a value."""
    if spot.after not in _OBJECT or len(spot.left) < 2:
        return
    if singular(spot.before, lexicon) is not None:
        if spot.left[1] in _PLURAL_DETERMINER:
            yield from _in_plural(spot, lexicon)
        return
    is_counted = spot.left[1] in _DETERMINER and lexicon.zipf(third_person(spot.before)) >= _COMMON
    if is_counted and not _NO_SUBJECT & set(spot.left[2:3]):
        yield from _in_singular(spot, lexicon)


def _in_plural(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    lemmas = bases(spot.low, lexicon)
    if spot.low in _TO_PLURAL:
        yield spot.instead(_TO_PLURAL[spot.low], _LIKELY)
    elif spot.low.endswith("s") and len(lemmas) == 1 and lemmas[0] != "be":
        yield spot.instead(lemmas[0], _LIKELY)


def _in_singular(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    if spot.low in _TO_SINGULAR:
        yield spot.instead(_TO_SINGULAR[spot.low], _LIKELY)
    elif is_verb(spot.low, lexicon) and not bases(spot.low, lexicon):
        yield spot.instead(third_person(spot.low), _LIKELY)
