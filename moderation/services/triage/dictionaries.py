"""The spell checker's dictionaries: pymorphy3 and spylls know the words, compiled lists their frequency.

`python -m moderation.services.triage.dictionaries` compiles the lists from wordfreq. `make` does so once, and
so does the build of a wheel. Reading all of wordfreq takes ten seconds and 200 MB; reading the lists takes
neither.
"""

import gzip
import math
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pymorphy3
from spylls.hunspell import Dictionary

from moderation.domain.spelling.lexicon import Bucket, Lexicon, make_buckets
from moderation.garbage import paused
from moderation.paths import DICTIONARIES
from moderation.services.triage.opencorpora import OpenCorpora

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ENGLISH = "abcdefghijklmnopqrstuvwxyz'"
_COMPILE = "python -m moderation.services.triage.dictionaries"
# Rarer words are left out: they would make typos look correct. They are still accepted as known words.
_RAREST = {"ru": 1.6, "en": 1.8}


class MissingDictionaries(RuntimeError):
    """The lists were not compiled."""


@cache
def lexicon(lang: str) -> Lexicon:
    """A language's words, ru or en; a fifth of a second the first time. Raises MissingDictionaries."""
    with paused():
        return _load(lang)


def _load(lang: str) -> Lexicon:
    if lang == "ru":
        morph = pymorphy3.MorphAnalyzer()
        knows, spells = _cached(morph.word_is_known), _cached(morph.dictionary.word_is_known)
        return Lexicon(
            RUSSIAN,
            _read("ru"),
            knows,
            searches_known=True,
            spells=spells,
            morphology=OpenCorpora(morph),
        )
    return Lexicon(ENGLISH, _read("en"), _knows_english(), searches_known=False)


def _cached(knows: Callable[[str], bool]) -> Callable[[str], bool]:
    return lru_cache(maxsize=50_000)(knows)


def _knows_english() -> Callable[[str], bool]:
    spec = find_spec("spylls")
    if spec is None or spec.origin is None:
        raise MissingDictionaries("spylls is not installed: install Corrigenda with its dependencies")
    words = Dictionary.from_files(str(Path(spec.origin).parent / "hunspell" / "data" / "en" / "en_US"))

    @lru_cache(maxsize=50_000)
    def knows(word: str) -> bool:
        # Names stand in the dictionary with a capital; British spelling is no slip.
        return any(words.lookup(form) for form in (word, word.capitalize(), word.upper(), *_american(word)))

    return knows


_BRITISH = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("our", "or"), ("elled", "eled"),
            ("elling", "eling"), ("tre", "ter"), ("ence", "ense"), ("ogue", "og"))  # fmt: skip


def _american(word: str) -> Iterable[str]:
    return (word.replace(british, american) for british, american in _BRITISH if british in word)


class _Stored(msgspec.Struct, array_like=True):
    """One line of a list: a bucket. It is read ten times as fast as words that are sorted into buckets."""

    length: int
    joined: str
    hundredths: list[int]


def list_path(folder: Path, lang: str) -> Path:
    """Return the path of a language's list of frequent words."""
    return folder / f"{lang}.jsonl.gz"


def _read(lang: str) -> Iterator[Bucket]:
    """Read the list of frequent words."""
    path = list_path(DICTIONARIES, lang)
    if not path.exists():
        raise MissingDictionaries(f"{path} is missing: run `{_COMPILE}`")
    decoder = msgspec.json.Decoder(_Stored)
    with gzip.open(path) as lines:
        for line in lines:
            stored = decoder.decode(line)
            yield Bucket(stored.length, stored.joined, array("f", (n / 100 for n in stored.hundredths)))


def _write(path: Path, words: Iterable[tuple[str, float]]) -> None:
    encode = msgspec.json.encode
    part = path.with_suffix(".part")  # an interrupted run must not leave half a list
    with gzip.open(part, "wb", compresslevel=6) as out:
        for bucket in make_buckets(words):
            hundredths = [round(zipf * 100) for zipf in bucket.zipfs]
            out.write(encode(_Stored(bucket.length, bucket.joined, hundredths)) + b"\n")
    part.replace(path)


def _frequent_words(lang: str, letters: str, knows: Callable[[str], bool]) -> Iterator[tuple[str, float]]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - only compiling needs it

    allowed = set(letters + "-")
    for word, frequency in get_frequency_dict(lang, "best").items():
        zipf = math.log10(frequency) + 9
        if zipf >= _RAREST[lang] and allowed.issuperset(word) and knows(word):
            yield word, zipf


def compile_lists(target: Path = DICTIONARIES) -> None:
    """Write the lists of frequent words into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    for lang, letters, knows in (
        ("ru", RUSSIAN, pymorphy3.MorphAnalyzer().word_is_known),
        ("en", ENGLISH, _knows_english()),
    ):
        _write(list_path(target, lang), _frequent_words(lang, letters, knows))


if __name__ == "__main__":
    compile_lists()
