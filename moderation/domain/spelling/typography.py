"""Rules for certain mistakes: repeated words, spaces, letters of another alphabet, another keyboard layout.

No rule adds a missing full stop: in a page text a heading has none before its paragraph. No rule removes a
doubled space: a browser does not show it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import Guess

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())
# Letters that look the same in both alphabets.
_LOOKS_CYRILLIC = str.maketrans("aceopxykABCEHKMOPTXY", "асеорхукАВСЕНКМОРТХУ")
_LOOKS_LATIN = str.maketrans("асеорхукАВСЕНКМОРТХУ", "aceopxykABCEHKMOPTXY")

_REPEATED = re.compile(r"\b([^\W\d_]{1,20})[ ]+\1\b", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_]) +(?=[,;:!?.](?:\s|$))")
_NO_SPACE_AFTER = re.compile(r"(?<=[а-яё])([,;])(?=[а-яё]{2})", re.IGNORECASE)
_TWO_WORDS = re.compile(r"(?<!\w)([^\W\d_]{2,}) ([^\W\d_]{2,})(?!\w)")
_PIECE = re.compile(r"\S+")
_STRAIGHT = re.compile(r'"([^"]+)"')
# Only so many words of a passage are looked up: an unknown English word takes half a millisecond.
_MOST_WORDS = 30
_CERTAIN, _LIKELY = 0.95, 0.92

Knows = Callable[[str], bool]


def rules(passage: str, page: Vocabulary, knows: Knows) -> Iterator[Guess]:
    """Yield corrections that need no dictionary search. Dashes and quotes follow the rest of the page."""
    yield from _repeated(passage)
    yield from _run_apart(passage, knows)
    if page.has_dash and " - " in passage:
        yield Guess(passage.replace(" - ", " — "), _LIKELY)
    if page.has_guillemets and (quoted := _STRAIGHT.sub(r"«\1»", passage)) != passage:
        yield Guess(quoted, _LIKELY)
    for pattern, replacement in ((_SPACE_BEFORE, ""), (_NO_SPACE_AFTER, r"\1 ")):
        mended = pattern.sub(replacement, passage)
        if mended != passage:
            yield Guess(mended, _CERTAIN)
    for match in islice(_PIECE.finditer(passage), _MOST_WORDS):
        word = match[0]
        for guess in (*_mixed(word, knows), *_layout(word, knows)):
            yield Guess(passage.replace(word, guess.word, 1), guess.confidence)


def _repeated(passage: str) -> Iterator[Guess]:
    mended = _REPEATED.sub(r"\1", passage)
    if mended != passage:
        yield Guess(mended, _CERTAIN)


def _run_apart(passage: str, knows: Knows) -> Iterator[Guess]:
    """Join a word that a space splits, if the whole is a word and at least one half is not."""
    for match in islice(_TWO_WORDS.finditer(passage), _MOST_WORDS):
        head, tail = match[1], match[2]
        whole = head + tail
        if knows(whole.lower()) and not (knows(head.lower()) and knows(tail.lower())):
            yield Guess(passage[: match.start()] + whole + passage[match.end() :], _CERTAIN)


def _mixed(word: str, knows: Knows) -> Iterator[Guess]:
    """Correct a word that mixes Cyrillic and Latin letters."""
    cyrillic, latin = re.search("[а-яё]", word, re.IGNORECASE), re.search("[a-z]", word, re.IGNORECASE)
    if not cyrillic or not latin:
        return
    for table in (_LOOKS_CYRILLIC, _LOOKS_LATIN):
        mended = word.translate(table)
        if knows(mended.strip(".,;:!?«»\"'()").lower()):
            yield Guess(mended, _CERTAIN)


def _layout(word: str, knows: Knows) -> Iterator[Guess]:
    """Correct a word that was typed in the other keyboard layout: ghbdtn is привет."""
    bare = word.strip('«»"()!?')
    if len(bare) < 4 or knows(bare.strip(".,;:'").lower()):
        return
    table = _TO_CYRILLIC if re.fullmatch(r"[a-z\[\];',.`]+", bare, re.IGNORECASE) else _TO_LATIN
    if table is _TO_LATIN and not re.fullmatch("[а-яё]+", bare, re.IGNORECASE):
        return
    mended = bare.translate(table)
    if mended.isalpha() and knows(mended.lower()):
        yield Guess(word.replace(bare, mended, 1), _LIKELY)
