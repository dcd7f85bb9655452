"""Missing Russian commas. The reported word stands before the place of the comma."""

from collections.abc import Iterator

from moderation.domain.spelling.morphology import Morphology
from moderation.domain.spelling.rules.government import governed_cases
from moderation.domain.spelling.rules.spot import Spot, is_word
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.95, 0.9
_OPENS = frozenset(
    "что чтобы если когда где куда откуда почему зачем хотя поскольку но а зато однако чтоб".split()
)
_RELATIVE = "котор"
# After these a conjunction needs no comma: "и если", "потому что", "не что", "всё что".
_JOINS = frozenset("и или но а да же не ни ли бы лишь только даже именно потому тем почти так то как".split())
_SUBJECTS = frozenset("я ты он она оно мы вы они это".split())
# After these как begins a clause: "знает, как".
_KNOWS = tuple(
    "зна пойм поним вид увид смотр посмотр показ объясн опис рассказ способ провер помн забы дума подума "
    "пример".split()
)
# "иначе говоря", "вот что": these stand in fixed phrases.
_FIXED = frozenset("говоря судя исходя начиная кончая благодаря несмотря невзирая спустя".split())
_INTRODUCE = frozenset(
    "например конечно действительно безусловно наверное возможно наконец во-первых во-вторых кстати "
    "следовательно".split()
)


def russian_comma(spot: Spot, morphology: Morphology) -> Iterator[Guess]:
    """Suggest a comma after the word, if a clause begins there."""
    if not is_word(spot.after) or spot.low in _JOINS or governed_cases(spot.low) or spot.before == ",":
        return
    if spot.low == "есть" and spot.before == "то":
        return
    following = spot.after
    if (
        following in _OPENS
        or following.startswith(_RELATIVE)
        or (governed_cases(following) and spot.after_next().startswith(_RELATIVE))
        or (spot.low in _INTRODUCE and not spot.left)
    ):
        yield spot.with_comma(_SURE)
    elif (
        (following == "и" and spot.after_next() in _SUBJECTS)
        or (following == "как" and spot.low.startswith(_KNOWS))
        or (following == "чем" and _compares(spot.low, morphology))
        or spot.after_next() == "ли"
        or _is_gerund(following, morphology)
    ):
        yield spot.with_comma(_LIKELY)


def _compares(word: str, morphology: Morphology) -> bool:
    return word == "иначе" or any(form.pos == "COMP" for form in morphology.forms(word))


def _is_gerund(word: str, morphology: Morphology) -> bool:
    """Return whether the word is surely an adverbial participle."""
    readings = () if word in _FIXED else morphology.forms(word)
    return bool(readings) and all(form.pos == "GRND" for form in readings)
