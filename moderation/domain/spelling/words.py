"""Corrections of a word that does not exist, each with a confidence."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.vocabulary import Vocabulary

# One slip costs as much as this many steps of frequency. A word one step down is ten times rarer.
_SLIP = 3.8
_ON_PAGE = 1.6
_SAME_STEM = 0.3
# What a word loses that does not agree with the words around it. Only the best candidates are asked.
_MISFIT, _ASKED = 2.0, 8
# From this cost on (two slips), the reader probably meant another word.
_TWO_SLIPS = 1.7
# A word that the page uses this often is correct, even if no dictionary has it.
OWN = 3
# A longer run of letters is no word, and takes the dictionaries very long.
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """A possible correction. `confidence` is 0 to 1."""

    word: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Features:
    """Features of the best guess, for `confidence`."""

    score: float
    lead: float
    cost: float
    length: int


def is_slip(word: str, lexicon: Lexicon, page: Vocabulary, own: frozenset[str]) -> bool:
    """Return whether neither the dictionary, the page nor the site knows the word.

    A hyphenated word is known if all its parts are known.
    """
    low = word.lower()
    if (
        low in own
        or page[low] >= OWN
        or not 2 <= len(low) <= LONGEST_WORD
        or any(char.isdigit() for char in low)
    ):
        return False
    if re.search(r"[a-zа-яё][A-ZА-ЯЁ]", word) or (word.isupper() and len(word) <= 5):
        return False  # camelCase and abbreviations are not prose
    return not (lexicon.knows(low) or all(lexicon.knows(part) for part in re.split("[-‑'’]", low) if part))


def guesses(
    slip: str, lexicon: Lexicon, page: Vocabulary, fits: Callable[[str], bool] | None = None
) -> list[Guess]:
    """Return at most five possible corrections, the likeliest first. `fits` tells what the grammar allows."""
    low = slip.lower()
    scored = sorted(
        ((_score(low, word, zipf, page), word) for word, zipf in _near(low, lexicon, page).items()),
        reverse=True,
    )
    if fits is not None:
        asked = [(score if fits(word) else score - _MISFIT, word) for score, word in scored[:_ASKED]]
        scored = sorted(asked + scored[_ASKED:], reverse=True)
    if not scored:
        return []
    total = sum(math.exp(score) for score, _ in scored)
    sure = confidence(features(low, scored))
    return [
        Guess(like(slip, word), round(sure if not index else min(math.exp(score) / total, 1 - sure), 3))
        for index, (score, word) in enumerate(scored[:5])
    ]


def features(low: str, scored: list[tuple[float, str]]) -> Features:
    """Compute the features of the best guess. `scored` has the best guess first."""
    score, word = scored[0]
    lead = score - scored[1][0] if len(scored) > 1 else 6.0
    return Features(score, min(lead, 6.0), cost(low, word), len(low))


def confidence(features: Features) -> float:
    """Return the probability of a correct guess: a logistic regression.

    It was fitted on half of the real typos that people fixed (split by page), and checked on the other half.
    """
    x = (
        0.47
        + 0.277 * features.score
        + 0.374 * features.lead
        - 0.352 * features.cost
        + 0.059 * features.length
    )
    sure = 1 / (1 + math.exp(-x))
    return sure if features.cost < _TWO_SLIPS else min(sure, 0.85)


def _near(low: str, lexicon: Lexicon, page: Vocabulary) -> Mapping[str, float]:
    near = {found.word: found.zipf for found in lexicon.near(low)}
    for word, _, _ in process.extract(low, list(page.words()), scorer=OSA.distance, score_cutoff=2, limit=10):
        if word != low and word not in near and len(word) > 2:
            near[word] = 1.0
    near.pop(low, None)
    return _with_yo(near, page)


def _with_yo(near: dict[str, float], page: Vocabulary) -> dict[str, float]:
    """Of two spellings of a word, with ё and with е, keep the spelling that the page uses."""
    plain: dict[str, str] = {}
    for word in sorted(near):
        key = word.replace("ё", "е")
        if key not in plain or ("ё" in word) == bool(page.has_yo):
            plain[key] = word
    return {word: max(near[word], near.get(key, 0.0)) for key, word in plain.items()}


def _score(low: str, word: str, zipf: float, page: Vocabulary) -> float:
    on_page = page[word]
    stem = max(3, round(0.7 * len(low)))
    return (
        zipf
        - _SLIP * cost(low, word)
        + (_ON_PAGE + 0.4 * math.log1p(on_page) if on_page else 0.0)
        + (_SAME_STEM if word[:stem] == low[:stem] else 0.0)
    )


def like(model: str, word: str) -> str:
    """Return the word in the letter case of `model`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
