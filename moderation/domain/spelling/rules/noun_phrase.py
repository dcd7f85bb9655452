"""Agreement in a Russian noun phrase: preposition, adjectives and noun have one case, number and gender."""

from collections.abc import Iterable, Iterator, Sequence

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.morphology import Form, Morphology, plain_case
from moderation.domain.spelling.rules.government import (
    governed_cases,
    is_doubtful,
    words_after,
    words_before,
)
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.93, 0.8
_NOUN = "NOUN"
# These stand before a noun without agreeing with it: "благодаря которым дом".
_APART = ("который", "чей", "сам", "весь")
_MOST_ADJECTIVES = 3
_GRAMMEME = 0.5
"""Cost of another case or gender; another number costs twice as much."""
_NEAR = 0.4
"""A form that costs this much more than the best one is no rival."""


def noun_phrase(spot: Spot, morphology: Morphology) -> Iterator[Guess]:
    """Suggest the form of a noun or adjective that agrees with its preposition, adjectives and noun."""
    readings = morphology.forms(spot.low)
    if not readings or any(reading.pos not in (_NOUN, "ADJF", "PRTF") for reading in readings):
        return
    before, after = _adjectives(words_before(spot), morphology), words_after(spot)
    following: Sequence[Form] = ()
    if after and all(reading.pos == "ADJF" for reading in readings):
        following = _nouns(morphology.forms(after[0]))
    rest = words_before(spot)[len(before) :]
    if rest and _counts(rest[0], morphology):
        return
    cases = governed_cases(rest[0]) if rest and not is_doubtful(rest[0]) else None
    if not (before or following or cases):
        return
    fits = _Fit(before, following, cases)
    if any(fits(reading) for reading in readings):
        return
    yield from _best(spot, readings, (form for form in _forms(readings, morphology) if fits(form)))


class _Fit:
    """Checks that a form agrees with the words around it."""

    def __init__(
        self, before: Sequence[Sequence[Form]], following: Sequence[Form], cases: frozenset[str] | None
    ) -> None:
        self._before, self._following, self._cases = before, following, cases

    def __call__(self, form: Form) -> bool:
        if self._cases is not None and plain_case(form.case) not in self._cases:
            return False
        if self._following and not any(form.agrees(noun) for noun in self._following):
            return False
        return all(any(adjective.agrees(form) for adjective in readings) for readings in self._before)


def _adjectives(words: Sequence[str], morphology: Morphology) -> list[Sequence[Form]]:
    """Return the readings of the adjectives directly before a noun."""
    adjectives: list[Sequence[Form]] = []
    for word in words[:_MOST_ADJECTIVES]:
        readings = morphology.forms(word)
        if not readings or not all(one.is_adjective and one.lemma not in _APART for one in readings):
            break
        adjectives.append(readings)
    return adjectives


def _counts(word: str, morphology: Morphology) -> bool:
    """Return whether the word is a number, after which other rules hold: "три новых дома"."""
    return word.isdigit() or any(form.pos == "NUMR" for form in morphology.forms(word))


def _nouns(readings: Sequence[Form]) -> Sequence[Form]:
    return readings if all(one.pos == _NOUN for one in readings) else ()


def _forms(readings: Sequence[Form], morphology: Morphology) -> Iterable[Form]:
    """Return all noun or adjective forms of the word."""
    lemmas = {reading.lemma: reading for reading in readings}
    kinds = {reading.pos for reading in readings}
    for reading in lemmas.values():
        yield from (form for form in morphology.lexeme(reading) if form.pos in kinds and form.case)


def _best(spot: Spot, readings: Sequence[Form], fitting: Iterable[Form]) -> Iterator[Guess]:
    """Yield the nearest of the forms that fit: a slip changes few letters, and mostly one grammeme."""
    scored: dict[str, float] = {}
    for form in fitting:
        changed = min(_changed(form, reading) for reading in readings)
        total = cost(spot.low, form.word) + _GRAMMEME * changed
        scored[form.word] = min(total, scored.get(form.word, total))
    scored.pop(spot.low, None)
    ordered = sorted((total, word) for word, total in scored.items())
    if ordered:
        is_clear = len(ordered) == 1 or ordered[1][0] - ordered[0][0] >= _NEAR
        yield spot.instead(ordered[0][1], _SURE if is_clear else _LIKELY)


def _changed(form: Form, reading: Form) -> int:
    return (
        (plain_case(form.case) != plain_case(reading.case))
        + 2 * (form.number != reading.number)
        + bool(form.gender and reading.gender and form.gender != reading.gender)
    )
