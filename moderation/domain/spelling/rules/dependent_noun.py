"""The case of a Russian noun that depends on the word before it: "код функции", "создаётся браузером"."""

from collections.abc import Iterator, Sequence

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.morphology import Form, Morphology
from moderation.domain.spelling.rules.government import words_after, words_before
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_LIKELY = 0.9
_NEAR = 0.3
_REACH = 4
"""A verb this many words behind a noun may have it as its subject."""
# These verbs in -ся govern the genitive.
_GENITIVE = frozenset(
    "касаться бояться добиваться требоваться опасаться лишаться придерживаться избегаться остаться "
    "оставаться "
    "оказаться появиться".split()
)


def dependent_noun(spot: Spot, morphology: Morphology) -> Iterator[Guess]:
    """Suggest the genitive after a noun, and the instrumental after a passive verb."""
    readings = morphology.forms(spot.low)
    before = words_before(spot)
    if not before or not readings or any(reading.pos != "NOUN" for reading in readings):
        return
    governing = morphology.forms(before[0])
    cases = {reading.case for reading in readings}
    is_after_noun = bool(governing) and all(form.pos == "NOUN" for form in governing)
    if (
        is_after_noun
        and "nomn" in cases
        and cases <= {"nomn", "accs"}
        and not _may_be_subject(spot, morphology)
    ):
        yield from _in_case(spot, readings, "gent", morphology)
    elif _is_passive(governing) and cases <= {"gent", "gen2"}:
        yield from _in_case(spot, readings, "ablt", morphology)


def _may_be_subject(spot: Spot, morphology: Morphology) -> bool:
    """Return whether the noun is a name, or a verb follows it."""
    following = (form for word in words_after(spot)[:_REACH] for form in morphology.forms(word))
    return spot.word[0].isupper() or any(form.pos in ("VERB", "ADJS", "PRTS", "PRED") for form in following)


def _is_passive(readings: Sequence[Form]) -> bool:
    return bool(readings) and all(
        form.pos == "VERB" and form.lemma.endswith("ся") and form.lemma not in _GENITIVE for form in readings
    )


def _in_case(spot: Spot, readings: Sequence[Form], case: str, morphology: Morphology) -> Iterator[Guess]:
    lemmas = {reading.lemma: reading for reading in readings}
    numbers = {reading.number for reading in readings}
    forms = (form for reading in lemmas.values() for form in morphology.lexeme(reading) if form.case == case)
    ordered = sorted(
        {(cost(spot.low, form.word) + (form.number not in numbers), form.word) for form in forms}
    )
    if ordered and (len(ordered) == 1 or ordered[1][0] - ordered[0][0] >= _NEAR):
        yield spot.instead(ordered[0][1], _LIKELY)
