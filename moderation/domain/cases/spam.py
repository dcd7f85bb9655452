"""How much a report looks like no report at all, with reasons an editor can read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_LINK = re.compile(
    r"https?://|www\.|\[url|<a\s|\b[a-z0-9-]+\.(?:com|net|org|ru|info|biz|xyz|top|shop|online)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_VOWEL = re.compile("[аеёиоуыэюяaeiouy]", re.IGNORECASE)
# What each signal is worth by itself.
_WEIGHTS = {"links": 0.75, "flood": 0.6, "not_on_page": 0.3, "gibberish": 0.6, "learned": 0.9}
FLOOD = 30
"""Reports of one reader in an hour."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """0 to 1, and the names of the signals, the weightiest first."""

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
    """Judge what a reader wrote. `on_page` None: nobody could look. `learned`: a site's model, 0 to 1."""
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
    """The share of words that nobody could say: long, unknown, hardly a vowel or hardly anything else."""
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    if not words:
        return 0.0
    odd = 0
    for word in words:
        vowels = len(_VOWEL.findall(word)) / len(word)
        repeated = len(set(word.lower())) <= 2
        if (vowels < 0.15 or vowels > 0.85 or repeated) and not word.isupper() and not known(word.lower()):
            odd += 1
    return odd / len(words)
