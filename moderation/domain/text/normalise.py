"""Text normalisation. All texts that are compared have this form: the visible text as one string."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# Invisible in a browser, so two readers who select the same words may or may not send them.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2007]+")
# Unicode sorts the marks (accents) of a letter, which takes the square of their number. None has so many.
# A run is looked at from its start only: else each of its signs would be another start.
_MANY_MARKS = re.compile(r"(?<![^\w\s\x00-\x7f])[^\w\s\x00-\x7f]{33,}")
_MOST_MARKS = 32
_LONG = 200
"""Characters of a text that is searched for many marks. In a shorter one they cost little."""
# Replaced one by one: on long texts this is ten times faster than a translation table.
_ALIKE = {
    **dict.fromkeys("«»„“”‟‹›″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("ёЁ", "е"),
    **dict.fromkeys("Σς", "σ"),
    "İ": "i",  # the only letter whose lower case is longer than itself
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage and what stands around it: the W3C Web Annotation TextQuoteSelector."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def text(self) -> str:
        """The piece of page text that the quote shows."""
        return self.prefix + self.exact + self.suffix

    @property
    def start(self) -> int:
        """Start of the passage in `text`, in code points."""
        return len(self.prefix)

    @property
    def end(self) -> int:
        """End of the passage in `text`, in code points, excluded."""
        return len(self.prefix) + len(self.exact)


def normalise(text: str) -> str:
    """NFC, invisible characters gone, every run of white space one space. Idempotent."""
    visible = INVISIBLE.sub("", text)
    if len(visible) > _LONG:
        visible = _MANY_MARKS.sub(_with_few_marks, visible)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible))


def _with_few_marks(run: re.Match[str]) -> str:
    """Return a run of signs without the marks behind the first ones."""
    is_mark = [_is_sorted(char) for char in run[0]]
    numbers = accumulate(is_mark)
    kept = zip(run[0], is_mark, numbers, strict=True)
    return "".join(char for char, mark, number in kept if not mark or number <= _MOST_MARKS)


def _is_sorted(char: str) -> bool:
    """Return whether a sign is a mark that is sorted, or consists of some. The mark of an emoji is not."""
    is_mark = unicodedata.category(char).startswith("M")
    return is_mark and bool(unicodedata.combining(char) or unicodedata.decomposition(char))


def normalise_quote(quote: Quote) -> Quote:
    """Normalise the three parts as the one text they are: a space on a seam is counted once."""
    prefix, exact, suffix = normalise(quote.prefix), normalise(quote.exact), normalise(quote.suffix)
    if exact == " ":
        return Quote(exact, prefix.rstrip(), suffix.lstrip())
    if prefix.endswith(" "):
        exact = exact.lstrip()
    if exact.endswith(" "):
        suffix = suffix.lstrip()
    return Quote(exact, prefix, suffix)


def fold(text: str) -> str:
    """A form for comparing only, of the same length: letter case, ё, quotes and dashes make no difference."""
    for char, plain in _ALIKE.items():
        text = text.replace(char, plain)
    return text.lower()


def occurrences(needle: str, text: str, most: int = sys.maxsize) -> Iterator[int]:
    """Find a needle in a text: its starts, at most `most`. An empty needle is not found."""
    at = text.find(needle) if needle else -1
    for _ in range(most):
        if at < 0:
            return
        yield at
        # In a run of one letter the next one begins here: comparing costs less than a new search.
        at = at + 1 if text.startswith(needle, at + 1) else text.find(needle, at + 1)
