"""Which English words exist: those of Hunspell's dictionary en_US, in lower case and with all their forms.

spylls reads the dictionary into 42 MB of objects. So the forms are written into a list once. spylls itself
knows a few more: it removes endings of a word in capitals without regard to case. Frequent words are looked
up there before they are listed, and are listed here too.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from moderation.domain.spelling.lexicon import Bucket, by_letter_and_length

_BRITISH = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("our", "or"), ("elled", "eled"),
            ("elling", "eling"), ("tre", "ter"), ("ence", "ense"), ("ogue", "og"))  # fmt: skip


def make_knows(listed: Iterable[Bucket]) -> Callable[[str], bool]:
    """Return what tells whether a word in lower case exists: also a British one, and one of listed parts."""
    buckets = by_letter_and_length(listed)

    def is_listed(word: str) -> bool:
        bucket = buckets.get((word[:1], len(word)))
        return bucket is not None and bucket.index(word) is not None

    @lru_cache(maxsize=50_000)
    def knows(word: str) -> bool:
        return any(
            is_listed(form) or ("-" in form and all(map(is_listed, filter(None, form.split("-")))))
            for form in (word, *_american(word))
        )

    return knows


def _american(word: str) -> Iterable[str]:
    return (word.replace(british, american) for british, american in _BRITISH if british in word)


def hunspell() -> Any:
    """Read Hunspell's dictionary. Raises ModuleNotFoundError."""
    from spylls import hunspell as package  # noqa: PLC0415 - only compiling needs it

    return package.Dictionary.from_files(str(Path(package.__file__).parent / "data" / "en" / "en_US"))


def is_in_hunspell(dictionary: Any) -> Callable[[str], bool]:
    """Return what looks a word in lower case up in the dictionary. Names stand there with a capital."""

    def knows(word: str) -> bool:
        forms = (word, word.capitalize(), word.upper(), *_american(word))
        return any(dictionary.lookup(form) for form in forms)

    return knows


def forms(dictionary: Any) -> Iterator[str]:
    """Yield all words with all their forms in lower case. Words repeat."""
    affixes = dictionary.aff
    for word in dictionary.dic.words:
        flags = word.flags or ()
        if affixes.ONLYINCOMPOUND not in flags:
            yield from (form.lower() for form in _forms(affixes, word.stem, flags))


def _forms(affixes: Any, stem: str, flags: Iterable[str]) -> Iterator[str]:
    yield stem
    ended = [
        (suffix, stem[: len(stem) - len(suffix.strip)] + suffix.add)
        for flag in flags
        for suffix in affixes.SFX.get(flag, ())
        if stem.endswith(suffix.strip) and suffix.cond_regexp.search(stem)
    ]
    yield from (form for _, form in ended)
    for flag in flags:
        for prefix in affixes.PFX.get(flag, ()):
            if stem.startswith(prefix.strip) and prefix.cond_regexp.search(stem):
                yield prefix.add + stem[len(prefix.strip) :]
                crossing = [form for suffix, form in ended if prefix.crossproduct and suffix.crossproduct]
                yield from (prefix.add + form[len(prefix.strip) :] for form in crossing)
