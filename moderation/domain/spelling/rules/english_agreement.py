"""Agreement in English: the verb with its subject or its auxiliary, the noun with its determiner."""

from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.english_forms import bases, is_verb, singular, third_person
from moderation.domain.spelling.rules.spot import Spot, is_word
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.93, 0.9
_AUXILIARY = frozenset(
    "can could should would will may might must cannot can't couldn't shouldn't wouldn't won't don't "
    "doesn't didn't "
    "does did let's".split()
)
_ADVERB = frozenset("not also only just always never even still simply easily actually".split())
_WANTS_TO = frozenset(
    "want wants need needs allow allows able have has try going possible us you him them user user's "
    "required "
    "used ability way how tries wanted needed able easier easy hard order begin begins start starts".split()
)
_SINGULAR = frozenset("he she it one everyone everything nobody someone something".split())
_PLURAL = frozenset("i you we they".split())
_CLAUSE = frozenset("so if when that because but as where while which until once since how what".split())
_SINGULAR_VERB = frozenset("is was has does doesn't isn't wasn't becomes".split())
_PLURAL_VERB = frozenset("are were have don't aren't weren't become".split())
_PREPOSITION = frozenset("of in for with on from to by at between".split())
_MANY = frozenset("these those many few several various both multiple two three four five six seven eight "
"nine ten "
                  "numerous".split())  # fmt: skip
_ONE = frozenset("a an each every another this".split())
_OF_THE = frozenset("the these those our my your its their".split())
# After one of these a noun phrase has ended.
_FUNCTION = frozenset(
    "is are was were be has have had do does did can could will would may might must should and or but if "
    "when "
    "where that which who to of in on at for from with by as than then so because it we you they he she "
    "the a an "
    "not also only after before until while into about like without inside between".split()
)


def english_agreement(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Suggest the verb or noun form that the words around it ask for."""
    yield from _after_auxiliary(spot, lexicon)
    yield from _after_pronoun(spot, lexicon)
    yield from _after_determiner(spot, lexicon)
    yield from _be_after_plural(spot, lexicon)
    yield from _before_verb(spot, lexicon)


def _after_auxiliary(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """After a modal verb, do or to, the verb is in its base form."""
    left = [word for word in spot.left[:4] if word not in _ADVERB]
    if not left:
        return
    after_to = left[0] == "to" and len(left) > 1 and left[1] in _WANTS_TO
    if left[0] in _AUXILIARY or after_to:
        found = bases(spot.low, lexicon)
        if len(found) == 1 and found[0] != spot.low:
            yield spot.instead(found[0], _SURE if left[0] in _AUXILIARY else _LIKELY)


def _after_pronoun(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    left = [word for word in spot.left[:4] if word not in _ADVERB or word == "not"]
    if not left:
        return
    if left[0] in _SINGULAR and not (len(left) > 1 and is_word(left[1]) and left[1] not in _CLAUSE):
        if is_verb(spot.low, lexicon) and not bases(spot.low, lexicon) and spot.low != "be":
            yield spot.instead(third_person(spot.low), _LIKELY)
    elif left[0] in _PLURAL and spot.low.endswith("s"):
        found = bases(spot.low, lexicon)
        if len(found) == 1 and found[0] != "be":
            yield spot.instead(found[0], _SURE)


def _after_determiner(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """These files, one of the files, each file."""
    if spot.after and is_word(spot.after) and spot.after not in _FUNCTION:
        return
    in_singular = singular(spot.low, lexicon)
    one_of = list(spot.left[1:3]) == ["of", "one"] and spot.before in _OF_THE
    one_of = one_of or (list(spot.left[2:4]) == ["of", "one"] and spot.left[1] in _OF_THE)
    if (spot.before in _MANY or one_of) and in_singular is None:
        plural = third_person(spot.low)
        if lexicon.zipf(plural) >= 3.0 and not spot.low.endswith("s") and not spot.low.endswith("ly"):
            yield spot.instead(plural, _SURE)
    elif (
        spot.before in _ONE
        and in_singular is not None
        and not (spot.before == "this" and is_verb(in_singular, lexicon))
    ):
        yield spot.instead(in_singular, _LIKELY)


def _before_verb(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    """Suggest the noun's number that the verb after it asks for."""
    if _PREPOSITION & set(spot.left[:3]) or spot.before in ("and", ","):
        return
    in_singular = singular(spot.low, lexicon)
    if spot.after in _SINGULAR_VERB and in_singular is not None:
        yield spot.instead(in_singular, _LIKELY)
    elif spot.after in _PLURAL_VERB and in_singular is None and not spot.low.endswith("s"):
        plural = third_person(spot.low)
        if lexicon.zipf(plural) >= 3.5 and spot.before in ("the", "these", "all", "these", "our", "most"):
            yield spot.instead(plural, _LIKELY)


def _be_after_plural(spot: Spot, lexicon: Lexicon) -> Iterator[Guess]:
    plural = {"is": "are", "was": "were", "has": "have", "doesn't": "don't", "isn't": "aren't"}.get(spot.low)
    if (
        plural is None
        or not is_word(spot.before)
        or {"of", "in", "with", "for", "each"} & set(spot.left[1:5])
    ):
        return
    if singular(spot.before, lexicon) is not None and len(spot.left) > 1:
        yield spot.instead(plural, _LIKELY)
