"""Agreement across a comma: который and participles follow the noun before it."""

from collections.abc import Iterator, Sequence

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.morphology import Form, Morphology
from moderation.domain.spelling.rules.spot import Spot, is_word
from moderation.domain.spelling.words import Guess

_SURE = 0.92
_REACH = 7
"""The noun that is meant may stand some words before the nearest one: "массив объектов, который"."""


def relative(spot: Spot, morphology: Morphology) -> Iterator[Guess]:
    """Suggest the number and gender of который, and the form of a participle, after a noun and a comma."""
    readings = [form for form in morphology.forms(spot.low) if form.is_adjective]
    if not readings or spot.before != "," or len(spot.left) < 2 or not is_word(spot.left[1]):
        return
    nouns = _nouns(spot.left[1], morphology)
    earlier = [noun for word in spot.left[2:_REACH] for noun in _nouns(word, morphology)]
    following = _nouns(spot.after, morphology) if spot.after else []
    if not nouns or any(reading.agrees(noun) for reading in readings for noun in following):
        return
    if any(_goes_with(reading, noun) for reading in readings for noun in earlier):
        return
    if readings[0].lemma == "который":
        yield from _which(spot, readings, nouns, morphology)
    elif any(form.pos == "PRTF" for form in readings):
        yield from _participle(spot, readings, nouns, morphology)


def _nouns(word: str, morphology: Morphology) -> list[Form]:
    return [form for form in morphology.forms(word) if form.pos == "NOUN"]


def _goes_with(reading: Form, noun: Form) -> bool:
    return _kind(reading) == _kind(noun) and (reading.lemma == "который" or reading.case == noun.case)


def _which(
    spot: Spot, readings: Sequence[Form], nouns: Sequence[Form], morphology: Morphology
) -> Iterator[Guess]:
    """The case is that of the clause; number and gender are those of the noun."""
    kinds = {_kind(noun) for noun in nouns}
    if any(_kind(reading) in kinds for reading in readings):
        return
    cases, animacies = {reading.case for reading in readings}, {noun.animacy for noun in nouns}
    fitting = {
        form.word
        for form in morphology.lexeme(readings[0])
        if _kind(form) in kinds and form.case in cases and (form.animacy is None or form.animacy in animacies)
    }
    yield from _only(spot, fitting)


def _participle(
    spot: Spot, readings: Sequence[Form], nouns: Sequence[Form], morphology: Morphology
) -> Iterator[Guess]:
    if any(reading.agrees(noun) for reading in readings for noun in nouns):
        return
    fitting = {
        form.word
        for reading in readings
        for form in morphology.lexeme(reading)
        if form.pos == "PRTF" and form.tense == reading.tense and any(form.agrees(noun) for noun in nouns)
    }
    nearest = min((cost(spot.low, word) for word in fitting), default=0.0)
    yield from _only(spot, {word for word in fitting if cost(spot.low, word) <= nearest})


def _kind(form: Form) -> tuple[str | None, str | None]:
    return form.number, None if form.number == "plur" else form.gender


def _only(spot: Spot, fitting: set[str]) -> Iterator[Guess]:
    fitting = fitting - {spot.low}
    if len(fitting) == 1:
        yield spot.instead(fitting.pop(), _SURE)
