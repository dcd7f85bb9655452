"""The words of a language: lookup, frequency, and search for words near a misspelling.

Words are stored by first letter and length, and rapidfuzz searches these buckets. A bucket is one string: its
words have one length, so they need no separators. A list of strings needs ten times as much memory, and an
index of deletions (SymSpell) a hundred times.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from moderation.domain.spelling.morphology import Morphology

_FURTHEST = 2
_SPLIT = 24
"""Buckets that stay split into words: about what a few misspellings need."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word near a misspelling. `zipf` is its frequency: log10 per thousand million words (Zipf's scale)."""

    word: str
    zipf: float


@dataclass(slots=True)
class Bucket:
    """Sorted words with the same first letter and length, joined, and their frequencies where needed."""

    length: int
    joined: str
    zipfs: "array[float]"

    def word(self, at: int) -> str:
        """Return the word at an index."""
        return self.joined[at * self.length : (at + 1) * self.length]

    def __len__(self) -> int:
        return len(self.joined) // self.length

    def words(self) -> list[str]:
        """Return all words."""
        return [self.word(at) for at in range(len(self))]

    def index(self, word: str) -> int | None:
        """Return the index of a word; None if it is not here."""
        at = bisect_left(range(len(self)), word, key=self.word)
        return at if self.word(at) == word else None

    def zipf(self, word: str) -> float:
        """Return the frequency of a word; 0 if it is not here."""
        at = self.index(word)
        return 0.0 if at is None else self.zipfs[at]


class Lexicon:
    """The words of one language.

    `buckets` are the frequent words with their frequencies. `knows` returns whether a word in lower case
    exists, also beyond `buckets`. `spells` does the same, but treats е and ё as different letters. Set
    `searches_known` if `knows` is fast enough for a thousand calls: then `near` also finds rare words that
    are one edit away. `morphology` knows the forms of the words; only Russian has it.
    """

    def __init__(
        self,
        alphabet: str,
        buckets: Iterable[Bucket],
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
        self._buckets = by_letter_and_length(buckets)
        self._split = lru_cache(maxsize=_SPLIT)(self._words)

    def zipf(self, word: str) -> float:
        """Return the word's frequency; 0 if it is not among the frequent words."""
        bucket = self._buckets.get((word[:1], len(word)))
        return bucket.zipf(word) if bucket is not None else 0.0

    def _words(self, letter: str, length: int) -> list[str]:
        bucket = self._buckets.get((letter, length))
        return bucket.words() if bucket is not None else []

    def near(self, slip: str) -> Iterator[Near]:
        """Find words at most two edits away with the same first letter; rare words at most one edit away."""
        yield from self.near_frequent(slip)
        if self._searches_known:
            yield from self._rare(slip)

    def near_frequent(self, slip: str) -> Iterator[Near]:
        """Find frequent words at most two edits away with the same first letter."""
        reach = 1 if len(slip) <= 4 else _FURTHEST
        for length in range(max(1, len(slip) - reach), len(slip) + reach + 1):
            words = self._split(slip[0], length)
            found = process.extract(slip, words, scorer=OSA.distance, score_cutoff=reach, limit=40)
            for word, _, at in found:
                yield Near(word, self._buckets[slip[0], length].zipfs[at])

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


def by_letter_and_length(buckets: Iterable[Bucket]) -> dict[tuple[str, int], Bucket]:
    """Return the buckets by the first letter and the length of their words."""
    return {(bucket.joined[0], bucket.length): bucket for bucket in buckets}


def make_buckets(words: Iterable[tuple[str, float]]) -> Iterator[Bucket]:
    """Sort words with their frequencies into buckets."""
    sorted_words = sorted(words, key=lambda item: (item[0][0], len(item[0]), item[0]))
    for (_, length), items in groupby(sorted_words, key=lambda item: (item[0][0], len(item[0]))):
        texts, zipfs = zip(*items, strict=True)
        yield Bucket(length, "".join(texts), array("f", zipfs))
