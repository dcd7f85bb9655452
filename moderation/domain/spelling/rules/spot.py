"""A reported word with the words and marks around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.spelling.words import Guess, like

_TOKEN = re.compile(r"[^\W_]+(?:[-‑'’][^\W_]+)*|[^\w\s]|_+")
_REACH = 160
_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Spot:
    """A word at its place. `left` and `right` are tokens in lower case, the nearest first.

    They end where the sentence ends. `is_first` tells that the word begins a sentence.
    """

    word: str
    left: Sequence[str]
    right: Sequence[str]
    right_as_written: str = ""

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.word.lower()

    @property
    def before(self) -> str:
        """The token before the word, or an empty string."""
        return self.left[0] if self.left else ""

    @property
    def after(self) -> str:
        """The token after the word, or an empty string."""
        return self.right[0] if self.right else ""

    def after_next(self) -> str:
        """The second token after the word, or an empty string."""
        return self.right[1] if len(self.right) > 1 else ""

    def instead(self, word: str, confidence: float) -> Guess:
        """Suggest another word in the letter case of this one."""
        return Guess(like(self.word, word), confidence)

    def with_comma(self, confidence: float) -> Guess:
        """Suggest a comma after the word."""
        return Guess(self.word + ",", confidence)


def spot_at(text: str, start: int, end: int) -> Spot:
    """Return the word at text[start:end] with its surroundings."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    left = [token.lower() for token in _TOKEN.findall(before)][::-1]
    right = _TOKEN.findall(after)
    return Spot(
        text[start:end],
        _to_sentence_end(left),
        _to_sentence_end([token.lower() for token in right]),
        right[0] if right else "",
    )


def _to_sentence_end(tokens: Sequence[str]) -> Sequence[str]:
    end = next((at for at, token in enumerate(tokens) if token in _ENDS), len(tokens))
    return tuple(tokens[:end])


def is_word(token: str) -> bool:
    """Return whether a token is a word, not a mark."""
    return token[:1].isalpha()
