"""Differences between a passage and its correction, letter by letter, for display."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["same", "gone", "come"]
ALIKE = 0.5
"""The share of common letters from which on a reader sees one text in the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters that stays, goes or comes."""

    kind: Kind
    text: str


def difference(old: str, new: str) -> Sequence[Piece]:
    """The pieces of both in reading order, what goes before what comes (Indel distance, rapidfuzz).

    Texts that have little in common are two whole pieces: their few common letters say nothing.
    """
    if Indel.normalized_similarity(old, new) < ALIKE:
        return _change(old, new)
    pieces: list[Piece] = []
    removed = added = ""
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            pieces += [*_change(removed, added), Piece("same", old[step.src_start : step.src_end])]
            removed = added = ""
        else:
            removed += old[step.src_start : step.src_end]
            added += new[step.dest_start : step.dest_end]
    return [*pieces, *_change(removed, added)]


def _change(gone: str, come: str) -> list[Piece]:
    return [piece for piece in (Piece("gone", gone), Piece("come", come)) if piece.text]
