"""A rare word in place of a frequent one that is written almost alike: serous for serious."""

from collections.abc import Iterator

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import Guess

_LIKELY = 0.9
_RARE = 3.2
_RARER = 2.4
"""The frequent word is at least 250 times as frequent."""
_LEAD = 1.2
_SLIP = 1.05
_SHORTEST = 4


def frequent_word(spot: Spot, lexicon: Lexicon, page: Vocabulary) -> Iterator[Guess]:
    """Suggest the frequent word that is one slip away, if the reported word is rare and used once."""
    low, rare = spot.low, lexicon.zipf(spot.low)
    if rare > _RARE or page[low] > 1 or len(low) < _SHORTEST:
        return
    scored = sorted(
        {
            (near.zipf - 3.8 * cost(low, near.word), near.zipf, near.word)
            for near in lexicon.near_frequent(low)
            if near.word != low and cost(low, near.word) <= _SLIP
        },
        reverse=True,
    )
    if not scored or scored[0][1] < rare + _RARER or scored[0][1] < 4.0:
        return
    if len(scored) == 1 or scored[0][0] - scored[1][0] >= _LEAD:
        yield spot.instead(scored[0][2], _LIKELY)
