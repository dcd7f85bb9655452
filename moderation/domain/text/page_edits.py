"""Edits between two texts of a page, word by word, each with the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

MOST_EDITS = 20
MOST_WORDS = 4000
"""Words compared of each text, after the equal start and end are cut off. It bounds time and memory."""
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: the removed and the added text, with the words before and after it."""

    before: str
    removed: str
    added: str
    after: str


@dataclass(frozen=True, slots=True)
class PageEdits:
    """The first edits in reading order. `is_whole` is false if there are more than these."""

    edits: Sequence[Edit]
    is_whole: bool


def page_edits(old: str, new: str) -> PageEdits:
    """Return the edits that lead from one text to the other (Indel distance of words, rapidfuzz)."""
    old_words, new_words = old.split(), new.split()
    start, end = _equal_ends(old_words, new_words)
    removed = old_words[start : len(old_words) - end]
    added = new_words[start : len(new_words) - end]
    is_cut = max(len(removed), len(added)) > MOST_WORDS
    edits = [
        Edit(
            " ".join(new_words[max(0, start + to - _AROUND) : start + to]),
            " ".join(removed[at:at_end]),
            " ".join(added[to:to_end]),
            " ".join(new_words[start + to_end : start + to_end + _AROUND]),
        )
        for at, at_end, to, to_end in _runs(removed[:MOST_WORDS], added[:MOST_WORDS])
    ]
    return PageEdits(edits[:MOST_EDITS], is_whole=not is_cut and len(edits) <= MOST_EDITS)


def _equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Count the equal words at the start and at the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start, end


def _runs(removed: Sequence[str], added: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of each edit in both texts. Neighbouring steps are one edit."""
    runs: list[tuple[int, int, int, int]] = []
    for step in Indel.opcodes(removed, added):
        if step.tag == "equal":
            continue
        if runs and runs[-1][1] == step.src_start and runs[-1][3] == step.dest_start:
            runs[-1] = (runs[-1][0], step.src_end, runs[-1][2], step.dest_end)
        else:
            runs.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    return runs
