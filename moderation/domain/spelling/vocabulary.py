"""A page's own words: its names and terms are in no dictionary, and it mostly spells them right."""

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")


class Vocabulary:
    """Words of a text in lower case, with how often they stand there."""

    def __init__(self, text: str) -> None:
        self.counts = Counter(word.lower() for word in WORD.findall(text))
        self.has_dash = " — " in text
        self.has_guillemets = "«" in text
        self.has_yo = sum(count for word, count in self.counts.items() if "ё" in word)

    def __getitem__(self, word: str) -> int:
        return self.counts[word]

    def words(self) -> Iterable[str]:
        """Every word once."""
        return self.counts.keys()
