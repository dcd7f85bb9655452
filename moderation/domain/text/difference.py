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
        return [piece for piece in (Piece("gone", old), Piece("come", new)) if piece.text]
    pieces: list[Piece] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            pieces.append(Piece("same", old[step.src_start : step.src_end]))
            continue
        if step.src_end > step.src_start:
            pieces.append(Piece("gone", old[step.src_start : step.src_end]))
        if step.dest_end > step.dest_start:
            pieces.append(Piece("come", new[step.dest_start : step.dest_end]))
    return pieces
