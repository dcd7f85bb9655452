"""Russian verbs in -тся and -ться: finite after a subject, infinitive after a word that governs it."""

import re
from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.morphology import Morphology
from moderation.domain.spelling.rules.government import words_before
from moderation.domain.spelling.rules.predicate import subject_before
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

# An infinitive follows these words, so -тся is a mistake.
_GOVERNS = re.compile(
    r"(?:мо(?:гу|жешь|жет|жем|жете|гут|г|гла|гло|гли)|долж(?:ен|на|но|ны)|нужно|надо|нельзя|можно|следует|"
    r"стоит|придётся|придется|хо(?:чу|чет|тим|тите|тят)|буд(?:у|ет|ем|ете|ут)|начина\w+|перест\w+|позволя\w+|"
    r"пыта\w+ся|готов[аыо]?|способ\w+|обеща\w+|реш\w+|уда\w+ся|мешает|помога\w+|прос\w+|чтобы)"
)
_REACH = 6
_FINITE, _INFINITIVE = 0.9, 0.93


def reflexive(spot: Spot, lexicon: Lexicon, morphology: Morphology) -> Iterator[Guess]:
    """Suggest -ться for -тся or the reverse, as the words before ask."""
    before = words_before(spot)
    governed = any(_GOVERNS.fullmatch(word) for word in (before or spot.left)[:_REACH])
    if spot.low.endswith("тся"):
        infinitive = spot.low[:-2] + "ься"
        if governed and lexicon.spells(infinitive):
            yield spot.instead(infinitive, _INFINITIVE)
    elif spot.low.endswith("ться") and before and not governed:
        finite = spot.low[:-3] + "ся"
        if lexicon.spells(finite) and subject_before(before, morphology) is not None:
            yield spot.instead(finite, _FINITE)
