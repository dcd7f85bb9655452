"""The words of a page. No dictionary has its names and terms, and most of them are spelled right."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")

_LONGEST = 100
"""Letters of a word. The speller looks at no longer one, and a page can be one word of a million letters."""


class Vocabulary:
    """The words of a text in lower case, with their counts."""

    def __init__(self, text: str) -> None:
        words = (word.lower() for word in WORD.findall(text) if len(word) <= _LONGEST)
        self.counts = Counter(words)
        self.has_dash = " — " in text
        self.has_guillemets = "«" in text
        self._remembered: dict[str, frozenset[str]] = {}
        self.has_yo = sum(count for word, count in self.counts.items() if "ё" in word)

    def __getitem__(self, word: str) -> int:
        return self.counts[word]

    def remembered(self, name: str, words: Callable[[], frozenset[str]]) -> frozenset[str]:
        """Return words of the page that are costly to find; they are looked for once."""
        if name not in self._remembered:
            self._remembered[name] = words()
        return self._remembered[name]

    def words(self) -> Iterable[str]:
        """Return every word once."""
        return self.counts.keys()
