"""The spell checker's dictionaries: which words exist, and how frequent they are.

pymorphy3 knows the Russian words. `python -m moderation.services.triage.dictionaries` compiles lists of the
frequent words from wordfreq, and of all English words from Hunspell's dictionary. `make` does so once, and so
does the build of a wheel. Reading all of wordfreq takes ten seconds and 200 MB, reading the lists neither.
"""

import gzip
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import pymorphy3

from moderation.domain.spelling.lexicon import Bucket, Lexicon, make_buckets
from moderation.garbage import paused
from moderation.paths import DICTIONARIES
from moderation.services.triage.english_words import forms, hunspell, is_in_hunspell, make_knows
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
    frequent, known = _read(lang)
    if lang == "ru":
        words = OpenCorpora(pymorphy3.MorphAnalyzer())
        return Lexicon(
            RUSSIAN, frequent, words.knows, begun=words.begun, spells=words.spells, morphology=words
        )
    return Lexicon(ENGLISH, frequent, make_knows(known))


class _Stored(msgspec.Struct, array_like=True):
    """One line of a list: a bucket. It is read ten times as fast as words that are sorted into buckets.

    Without frequencies it lists words that exist.
    """

    length: int
    joined: str
    hundredths: list[int]


def list_path(folder: Path, lang: str) -> Path:
    """Return the path of a language's list of words."""
    return folder / f"{lang}-words.jsonl.gz"


def _read(lang: str) -> tuple[list[Bucket], list[Bucket]]:
    """Read a language's list: the frequent words with their frequencies, and the words that exist."""
    path = list_path(DICTIONARIES, lang)
    if not path.exists():
        raise MissingDictionaries(f"{path} is missing: run `{_COMPILE}`")
    decoder = msgspec.json.Decoder(_Stored)
    frequent: list[Bucket] = []
    known: list[Bucket] = []
    with gzip.open(path) as lines:
        for stored in map(decoder.decode, lines):
            bucket = Bucket(stored.length, stored.joined, array("f", (n / 100 for n in stored.hundredths)))
            (frequent if stored.hundredths else known).append(bucket)
    return frequent, known


def _write(path: Path, frequent: Sequence[tuple[str, float]], known: Iterable[str]) -> None:
    encode = msgspec.json.encode
    part = path.with_suffix(".part")  # an interrupted run must not leave half a list
    with gzip.open(part, "wb", compresslevel=6) as out:
        for bucket in make_buckets(frequent):
            hundredths = [round(zipf * 100) for zipf in bucket.zipfs]
            out.write(encode(_Stored(bucket.length, bucket.joined, hundredths)) + b"\n")
        for bucket in make_buckets((word, 0) for word in known):
            out.write(encode(_Stored(bucket.length, bucket.joined, [])) + b"\n")
    part.replace(path)


def _frequent_words(lang: str, letters: str, knows: Callable[[str], bool]) -> Iterator[tuple[str, float]]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - only compiling needs it

    allowed = set(letters + "-")
    for word, frequency in get_frequency_dict(lang, "best").items():
        zipf = math.log10(frequency) + 9
        if zipf >= _RAREST[lang] and allowed.issuperset(word) and knows(word):
            yield word, zipf


def compile_lists(target: Path = DICTIONARIES) -> None:
    """Write the lists of words into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    russian = _frequent_words("ru", RUSSIAN, pymorphy3.MorphAnalyzer().word_is_known)
    _write(list_path(target, "ru"), list(russian), ())
    dictionary = hunspell()
    english = list(_frequent_words("en", ENGLISH, is_in_hunspell(dictionary)))
    _write(list_path(target, "en"), english, {*forms(dictionary), *(word for word, _ in english)})


if __name__ == "__main__":
    compile_lists()
