"""Spam score of a report, with the names of the signals."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_LINK = re.compile(
    r"https?://|www\.|\[url|<a\s|\b[a-z0-9-]+\.(?:com|net|org|ru|info|biz|xyz|top|shop|online)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")
_WORD = re.compile(r"[^\W\d_]{4,}")
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
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    if not words:
        return 0.0
    odd = [word for word in words if _is_odd(word) and not word.isupper() and not known(word.lower())]
    return len(odd) / len(words)


def _is_odd(word: str) -> bool:
    letters = [char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char)]
    base = "".join(letters)
    if len(set(base)) <= 2:
        return True
    return bool(_JUDGED.match(base)) and not 0.15 <= len(_VOWEL.findall(base)) / len(base) <= 0.85
