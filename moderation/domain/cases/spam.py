"""Spam score of a report, with the names of the signals."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, islice

_LINK = re.compile(
    r"https?://|www\.|\[url|<a\s|\b[a-z0-9-]{1,63}\.(?:com|net|org|ru|info|biz|xyz|top|shop|online)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
# Only so many words of a text are judged, and no word longer than this is looked up.
_MOST_WORDS = 40
_LONGEST_WORD = 40
# The scripts whose vowels are listed. A word with any other letter is not judged by its vowels: Hebrew writes
# none, Chinese has none.
_JUDGED = re.compile(r"[a-zа-яѣіјєґђћѓќљњџα-ωæøœßłđıð]+\Z")
_VOWEL = re.compile("[aeiouyæøœıаеиоуыэюяєіѣαεηιουω]")
# The weight of each signal that appears alone.
_WEIGHTS = {"links": 0.75, "flood": 0.6, "not_on_page": 0.3, "gibberish": 0.6, "learned": 0.9}
FLOOD = 30
"""Reports of one reader in an hour."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Score from 0 to 1, and the names of the signals; the one with the most weight comes first."""

    score: float
    reasons: tuple[str, ...]


def judge(
    *,
    correction: str | None,
    comment: str | None,
    reader_reports: int,
    on_page: bool | None,
    learned: float = 0.0,
    known: Callable[[str], bool] = lambda _: False,
) -> Verdict:
    """Score the texts of a reader.

    `on_page` None: the page was not read. `learned`: the site's spam model, 0 to 1.
    """
    written = " ".join(part for part in (correction, comment) if part)
    signals = {
        "links": 1.0 if _LINK.search(written) else 0.0,
        "flood": min(1.0, max(0.0, reader_reports / FLOOD - 1)),
        "not_on_page": 1.0 if on_page is False else 0.0,
        "gibberish": gibberish(written, known),
        "learned": max(0.0, 2 * learned - 1),
    }
    innocent = 1.0
    for name, strength in signals.items():
        innocent *= 1 - _WEIGHTS[name] * strength
    reasons = sorted(
        (name for name, strength in signals.items() if strength > 0),
        key=lambda name: -_WEIGHTS[name] * signals[name],
    )
    return Verdict(round(1 - innocent, 3), tuple(reasons))


def gibberish(text: str, known: Callable[[str], bool]) -> float:
    """The share of words that cannot be pronounced: long, unknown, with very few vowels or very many."""
    pieces = (piece for piece in text.split() if "://" not in piece and "www." not in piece)
    words = list(islice(chain.from_iterable(map(_WORD.findall, pieces)), _MOST_WORDS))
    if not words:
        return 0.0
    odd = [word for word in words if _is_odd(word) and not word.isupper() and not _is_known(word, known)]
    return len(odd) / len(words)


def _is_known(word: str, known: Callable[[str], bool]) -> bool:
    return len(word) <= _LONGEST_WORD and known(word.lower())


def _is_odd(word: str) -> bool:
    letters = [char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char)]
    base = "".join(letters)
    if len(set(base)) <= 2:
        return True
    return bool(_JUDGED.match(base)) and not 0.15 <= len(_VOWEL.findall(base)) / len(base) <= 0.85
