"""The words of a language: lookup, frequency, and search for words near a misspelling.

Words are stored by first letter and length, and rapidfuzz searches these buckets. A bucket is one string: its
words have one length, so they need no separators. The first misspelling that needs a bucket splits it into a
list, which stays: lists of all Russian words take some 25 MB. An index of deletions (SymSpell) would take ten
times as much.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from moderation.domain.spelling.morphology import Morphology

_FURTHEST = 2
_KEPT = 1_000
"""Misspellings whose near words are kept: a case is assessed anew with each report."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word near a misspelling. `zipf` is its frequency: log10 per thousand million words (Zipf's scale)."""

    word: str
    zipf: float


@dataclass
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

    @cached_property
    def words(self) -> list[str]:
        """All words. They are split when a misspelling first needs them."""
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
    exists, also beyond `buckets`. `spells` does the same, but treats е and ё as different letters. With
    `begun`, which returns how many of a text's first letters begin some word, `near` also finds rare words
    that are one edit away; it asks `knows` about hundreds of words. `morphology` knows the forms of the
    words; only Russian has it.
    """

    def __init__(
        self,
        alphabet: str,
        buckets: Iterable[Bucket],
        knows: Callable[[str], bool],
        *,
        begun: Callable[[str], int] | None = None,
        spells: Callable[[str], bool] | None = None,
        morphology: Morphology | None = None,
    ) -> None:
        self.alphabet = alphabet
        self.knows = knows
        self.spells = spells or knows
        self.morphology = morphology
        self.begun = begun
        self.frequent = by_letter_and_length(buckets)
        self.near = lru_cache(maxsize=_KEPT)(self._find_near)

    def zipf(self, word: str) -> float:
        """Return the word's frequency; 0 if it is not among the frequent words."""
        bucket = self.frequent.get((word[:1], len(word)))
        return bucket.zipf(word) if bucket is not None else 0.0

    def _find_near(self, slip: str) -> tuple[Near, ...]:
        """Find words at most two edits away with the same first letter; rare words at most one edit away."""
        rare = self._rare(slip, self.begun(slip)) if self.begun else ()
        return (*self.near_frequent(slip), *rare)

    def near_frequent(self, slip: str) -> Iterator[Near]:
        """Find frequent words at most two edits away with the same first letter."""
        reach = 1 if len(slip) <= 4 else _FURTHEST
        for length in range(max(1, len(slip) - reach), len(slip) + reach + 1):
            bucket = self.frequent.get((slip[0], length))
            if bucket is None:
                continue
            found = process.extract(slip, bucket.words, scorer=OSA.distance, score_cutoff=reach, limit=40)
            for word, _, at in found:
                yield Near(word, bucket.zipfs[at])

    def _rare(self, slip: str, begun: int) -> Iterator[Near]:
        for word in set(self._one_edit(slip, begun)):
            if word and self.knows(word):
                zipf = self.zipf(word)
                if word[0] != slip[0] or not zipf:
                    yield Near(word, zipf)

    def _one_edit(self, slip: str, begun: int) -> Iterator[str]:
        for at in range(begun + 1):  # after the edit, the letters before it begin a word
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
