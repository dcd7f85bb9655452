"""Weighted edit distance between a misspelling and a word: 0 for equal words, 1 for one ordinary slip."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# Rows of the keyboards. Neighbouring keys are beside each other or diagonal.
_KEYBOARDS = (("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"), ("qwertyuiop", "asdfghjkl", "zxcvbnm"))
# Letters that sound alike when they are not stressed, or that people confuse.
_ALIKE = ("оа", "еи", "еэ", "ея", "ия", "ыи", "ьъ", "её", "сз", "тд", "бп", "гк", "вф", "шщ", "цс", "жш",
          "ae", "ei", "ao", "iy", "ou", "sc", "sz", "ck", "td", "nm", "uo")  # fmt: skip

_PLAIN, _KEY, _SOUND, _DOUBLE, _SWAP = 1.0, 0.8, 0.65, 0.55, 0.6
_FIRST = 0.7
"""Extra cost, because mistakes in the first letter are rarer."""


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = set()
    for rows in _KEYBOARDS:
        place = {char: (row, column) for row, chars in enumerate(rows) for column, char in enumerate(chars)}
        for a, (row, column) in place.items():
            for b, (other_row, other_column) in place.items():
                if a != b and abs(row - other_row) <= 1 and abs(column - other_column) <= 1:
                    pairs.add((a, b))
    return frozenset(pairs)


_NEAR_KEYS = _neighbours()
_SOUNDS = frozenset((pair[a], pair[1 - a]) for pair in _ALIKE for a in (0, 1))


@lru_cache(maxsize=65536)
def cost(wrong: str, right: str) -> float:
    """Return the distance from the misspelling `wrong` to `right`. Both are in lower case."""
    swapped = _swap(wrong, right)
    if swapped is not None:
        return _SWAP + (_FIRST if swapped == 0 else 0.0)
    total = 0.0
    for op in Levenshtein.editops(wrong, right):
        total += _one(wrong, right, op.tag, op.src_pos, op.dest_pos)
    return total


def _swap(wrong: str, right: str) -> int | None:
    """Return the index of two swapped neighbouring letters; None if the words differ in anything else."""
    if len(wrong) != len(right):
        return None
    at = next((at for at, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b), None)
    if at is None or at + 1 >= len(wrong):
        return None
    same = wrong[at] == right[at + 1] and wrong[at + 1] == right[at] and wrong[at + 2 :] == right[at + 2 :]
    return at if same else None


def _one(wrong: str, right: str, tag: str, at: int, to: int) -> float:
    first = _FIRST if at == 0 and to == 0 else 0.0
    if tag == "replace":
        pair = (wrong[at], right[to])
        return first + (_SOUND if pair in _SOUNDS else _KEY if pair in _NEAR_KEYS else _PLAIN)
    if tag == "delete":  # an extra letter
        return first + (_DOUBLE if wrong[at] in _beside(wrong, at) else _PLAIN)
    return first + (_DOUBLE if right[to] in _beside(right, to) else _PLAIN)  # a missing letter


def _beside(word: str, at: int) -> tuple[str, ...]:
    return tuple(word[i] for i in (at - 1, at + 1) if 0 <= i < len(word))
