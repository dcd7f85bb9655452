"""Word borders in the world's scripts: the smallest span of whole words that holds a selection.

Scripts without spaces (Chinese, Japanese, Thai …) have no visible word borders: there, a selection stays
as narrow as the reader made it, and only never cuts what is written as one character.
"""

import re
import unicodedata

# Join two letters: "кое-что", "don't", the Hebrew geresh and maqaf, the Catalan middle dot.
_JOINS_WORD = frozenset("-‐‑'’׳״־·")
# A word does not grow beyond this number of characters on either side: it is no word then.
_LONGEST_WORD = 100
# Thai, Lao, Tibetan to Burmese, Khmer and the Tai scripts, Japanese kana, Chinese characters.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u2e80-\u2fdf\u3005-\u3007"
    "\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
# Katakana words (mostly foreign ones) are written as one run.
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
# Thai and Lao vowels that are letters to Unicode, but belong to the consonant before or behind them.
_AFTER_CONSONANT = frozenset("\u0e30\u0e32\u0e33\u0e45\u0e46\u0eb0\u0eb2\u0eb3\u0ec6")
_BEFORE_CONSONANT = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")


def is_letter(char: str) -> bool:
    """Return whether a character is a letter, a digit, or a mark on one (a vowel sign, an accent)."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def is_word_char(text: str, at: int) -> bool:
    """Return whether text[at] is part of a word. A hyphen or an apostrophe is, between two letters."""
    char = text[at]
    if is_letter(char):
        return True
    return (
        char in _JOINS_WORD and 0 < at < len(text) - 1 and is_letter(text[at - 1]) and is_letter(text[at + 1])
    )


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span of whole words that holds text[start:end].

    A span without a letter (a comma, a space, an empty one) takes in the words that touch it, so that
    an editor always sees a word; spaces at the edges of a span with letters are left out.
    """
    start, end = _without_spaces(text, start, end)
    if not any(is_word_char(text, at) for at in range(start, end)):
        start, end = _reach_letters(text, start, end)
    return _word_start(text, start), _word_end(text, end)


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _word_start(text: str, start: int) -> int:
    at = start
    while _inside_word(text, at):
        at -= 1
        if start - at > _LONGEST_WORD:
            return start
    return at


def _word_end(text: str, end: int) -> int:
    at = end
    while _inside_word(text, at):
        at += 1
        if at - end > _LONGEST_WORD:
            return end
    return at


def _inside_word(text: str, at: int) -> bool:
    """Return whether the border between text[at - 1] and text[at] is inside a word."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if not (is_word_char(text, at - 1) and is_word_char(text, at)):
        return False
    if (
        unicodedata.category(after).startswith("M")
        or after in _AFTER_CONSONANT
        or before in _BEFORE_CONSONANT
    ):
        return True
    if _WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(after):
        return bool(_KATAKANA.match(before) and _KATAKANA.match(after))
    return True


def _reach_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a span without letters to the nearest letter: one that touches it, else the one before it."""
    left, right = _letters_before(text, start), _letters_after(text, end)
    touches_left = 0 < left == start
    touches_right = end == right < len(text)
    if touches_left or (left > 0 and not touches_right):
        start = left - 1
    if touches_right or start == end:
        end = min(right + 1, len(text))
    return start, end


def _letters_before(text: str, start: int) -> int:
    """End of the nearest word before an offset; 0 when there is none near."""
    nearest = max(0, start - _LONGEST_WORD)
    return next((at for at in range(start, nearest, -1) if is_word_char(text, at - 1)), 0)


def _letters_after(text: str, end: int) -> int:
    """Start of the nearest word after an offset; where the search ends when there is none near."""
    furthest = min(len(text), end + _LONGEST_WORD)
    return next((at for at in range(end, furthest) if is_word_char(text, at)), furthest)
