"""The words of a language: lookup, frequency, and search for words near a misspelling.

Words are stored in plain lists by first letter and length, and rapidfuzz searches these lists. Ten thousand
words need half a megabyte. An index of deletions (SymSpell) needs twenty times as much.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from moderation.domain.spelling.morphology import Morphology

_FURTHEST = 2


@dataclass(frozen=True, slots=True)
class Near:
    """A word near a misspelling. `zipf` is its frequency: log10 per thousand million words (Zipf's scale)."""

    word: str
    zipf: float


class Lexicon:
    """The words of one language.

    `words` are the frequent words with their frequencies. `knows` returns whether a word in lower case
    exists, also beyond `words`. `spells` does the same, but treats е and ё as different letters. Set
    `searches_known` if `knows` is fast enough for a thousand calls: then `near` also finds rare words that
    are one edit away. `morphology` knows the forms of the words; only Russian has it.
    """

    def __init__(
        self,
        alphabet: str,
        words: Iterable[tuple[str, float]],
        knows: Callable[[str], bool],
        *,
        searches_known: bool,
        spells: Callable[[str], bool] | None = None,
        morphology: Morphology | None = None,
    ) -> None:
        self.alphabet = alphabet
        self.knows = knows
        self.spells = spells or knows
        self.morphology = morphology
        self._searches_known = searches_known
        self._words: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._zipf: dict[tuple[str, int], array[float]] = defaultdict(lambda: array("f"))
        frequencies = dict(words)
        for word in sorted(frequencies):
            key = word[0], len(word)
            self._words[key].append(word)
            self._zipf[key].append(frequencies[word])

    def zipf(self, word: str) -> float:
        """Return the word's frequency; 0 if it is not among the frequent words."""
        key = (word[:1], len(word))
        words = self._words.get(key, [])
        at = bisect_left(words, word)
        return self._zipf[key][at] if at < len(words) and words[at] == word else 0.0

    def near(self, slip: str) -> Iterator[Near]:
        """Find words at most two edits away with the same first letter; rare words at most one edit away."""
        yield from self.near_frequent(slip)
        if self._searches_known:
            yield from self._rare(slip)

    def near_frequent(self, slip: str) -> Iterator[Near]:
        """Find frequent words at most two edits away with the same first letter."""
        reach = 1 if len(slip) <= 4 else _FURTHEST
        for length in range(max(1, len(slip) - reach), len(slip) + reach + 1):
            words = self._words.get((slip[0], length), ())
            found = process.extract(slip, words, scorer=OSA.distance, score_cutoff=reach, limit=40)
            for word, _, at in found:
                yield Near(word, self._zipf[slip[0], length][at])

    def _rare(self, slip: str) -> Iterator[Near]:
        for word in set(self._one_edit(slip)):
            if word and self.knows(word):
                zipf = self.zipf(word)
                if word[0] != slip[0] or not zipf:
                    yield Near(word, zipf)

    def _one_edit(self, slip: str) -> Iterator[str]:
        for at in range(len(slip) + 1):
            head, tail = slip[:at], slip[at:]
            if tail:
                yield head + tail[1:]
                for char in self.alphabet:
                    yield head + char + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            for char in self.alphabet:
                yield head + char + tail
