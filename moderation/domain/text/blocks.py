"""The blocks of a page text (headings, paragraphs, list items …), and the zone of a passage."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

BlockKind = Literal[
    "headline", "heading", "paragraph", "item", "caption", "cell", "quote", "preformatted", "text"
]

Zone = Literal["headline", "lead", "body", "caption", "list"]
ZONES: tuple[Zone, ...] = get_args(Zone)

_PROSE = ("paragraph", "text")


@dataclass(frozen=True, slots=True)
class Block:
    """Part of the page text that a browser shows on separate lines: code points, end excluded.

    `headline` is an `h1`, `heading` is a lower level, `text` is everything else.
    """

    kind: BlockKind
    start: int
    end: int


def block_at(blocks: Sequence[Block], offset: int) -> Block | None:
    """The block that holds an offset of the page text. The blocks are in reading order."""
    index = bisect_right(blocks, offset, key=lambda block: block.start) - 1
    return blocks[index] if index >= 0 and offset <= blocks[index].end else None


def zone_of(blocks: Sequence[Block], start: int) -> Zone | None:
    """Return the zone of the article where a passage starts; None if the blocks are not known.

    The headline is the `h1`, or a heading before any prose. The lead is the first paragraph.
    """
    block = block_at(blocks, start)
    if block is None:
        return None
    if block.kind == "headline" or (block.kind == "heading" and not _has_prose_before(blocks, block)):
        return "headline"
    if block.kind == "caption":
        return "caption"
    if block.kind == "item":
        return "list"
    return "lead" if block == _first_prose(blocks) else "body"


def _has_prose_before(blocks: Sequence[Block], block: Block) -> bool:
    first = _first_prose(blocks)
    return first is not None and first.start < block.start


def _first_prose(blocks: Sequence[Block]) -> Block | None:
    """The first paragraph, or the first plain text of a page without paragraphs."""
    by_kind = {kind: next((block for block in blocks if block.kind == kind), None) for kind in _PROSE}
    return by_kind["paragraph"] or by_kind["text"]
