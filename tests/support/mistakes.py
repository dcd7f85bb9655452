"""Functions that make a typical mistake in one or two words.

Each has the right text and a source of randomness as arguments. It returns the wrong text, or None if the
mistake is not possible.
"""

import re
from collections.abc import Callable
from random import Random

Mistake = Callable[[str, Random], str | None]

# Letters and endings that people confuse because they sound alike. Each pair works in both directions.
_CONFUSED = {
    "ru": (("о", "а"), ("е", "и"), ("ё", "е"), ("нн", "н"), ("тся", "ться"), ("сс", "с"), ("ы", "и")),
    "en": (("ie", "ei"), ("ll", "l"), ("tt", "t"), ("ence", "ance"), ("able", "ible"), ("a", "e")),
}  # fmt: skip


def drop_letter(word: str, random: Random) -> str | None:
    """Leave out one letter inside a word: "расказал"."""
    at = _inside(word, random)
    return None if at is None else word[:at] + word[at + 1 :]


def double_letter(word: str, random: Random) -> str | None:
    """Type one letter twice: "другга"."""
    at = _inside(word, random)
    return None if at is None else word[:at] + word[at] + word[at:]


def swap_letters(word: str, random: Random) -> str | None:
    """Swap two neighbours: "текщуего"."""
    at = _inside(word, random)
    return None if at is None else word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def confuse(lang: str) -> Mistake:
    """Write a sound with another letter: "вернуться" for "вернутся"."""

    def mistake(word: str, random: Random) -> str | None:
        pairs = [pair for known in _CONFUSED[lang] for pair in (known, known[::-1]) if pair[0] in word[1:]]
        if not pairs:
            return None
        heard, written = random.choice(pairs)
        at = random.choice([found.start() for found in re.finditer(heard, word) if found.start()] or [0])
        return word[:at] + written + word[at + len(heard) :] if at else None

    return mistake


def change_case(word: str, _: Random) -> str:
    """Begin a word with the wrong letter case."""
    return word[0].swapcase() + word[1:]


def join_words(words: str, _: Random) -> str | None:
    """Leave out the space between two words."""
    return words.replace(" ", "") if " " in words else None


def split_word(word: str, random: Random) -> str | None:
    """Put a space into a word."""
    at = _inside(word, random)
    return None if at is None else word[:at] + " " + word[at:]


def drop_comma(word: str, _: Random) -> str | None:
    """Leave out the comma after a word."""
    return word[:-1] if word.endswith(",") else None


def add_comma(word: str, _: Random) -> str | None:
    """Add a wrong comma."""
    return f"{word}," if word[-1].isalpha() else None


def repeat_word(word: str, _: Random) -> str:
    """Write a word twice."""
    return f"{word} {word}"


def swap_words(words: str, _: Random) -> str | None:
    """Write two words in the wrong order."""
    first, _space, second = words.partition(" ")
    return f"{second} {first}" if second else None


def _inside(word: str, random: Random) -> int | None:
    """Return a position that is neither the first nor the last letter; None for a short word."""
    return random.randrange(1, len(word) - 1) if len(word) > 4 else None
