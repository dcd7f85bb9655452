"""A page's text for editors: its headings, paragraphs and list items, with the passages of cases in them."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.text.blocks import Block, BlockKind, block_at
from moderation.models import Case, Revision

MOST_SHOWN = 5_000
"""Blocks that are shown. Of more, only those with a case: a crafted page has any number of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block's text, or a case's passage in it."""

    text: str
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of the page's text in pieces."""

    kind: BlockKind
    pieces: Sequence[Piece]


def shown_blocks(revision: Revision, cases: Sequence[Case]) -> list[ShownBlock]:
    """The article's blocks, and of the rest of the page those with a case. The cases are in reading order.

    A passage that goes on in the next block is shown whole in its first one.
    """
    text, article_end = revision.text, revision.article_end
    blocks = revision.blocks or (Block("text", 0, len(text)),)
    waiting = deque(_apart(cases))
    shown: list[ShownBlock] = []
    at = 0
    for block in blocks:
        in_block = _taken(waiting, block)
        is_of_article = article_end is None or block.start < article_end
        if in_block or (is_of_article and len(shown) < MOST_SHOWN):
            pieces = _pieces(text, Block(block.kind, max(at, block.start), block.end), in_block)
            at = max([at, *(case.end or 0 for case in in_block)])
            if pieces:
                shown.append(ShownBlock(block.kind, pieces))
    return shown


def block_around(revision: Revision, case: Case) -> ShownBlock | None:
    """The block with the case's passage in it. None where it was not found."""
    start, end = case.start, case.end
    if case.state not in ("found", "changed") or start is None or end is None:
        return None
    blocks = revision.blocks or (Block("text", 0, len(revision.text)),)
    block = block_at(blocks, start)
    if block is None:
        return None
    # A passage that goes on in the next block is shown whole.
    whole = Block(block.kind, block.start, max(block.end, end))
    return ShownBlock(block.kind, _pieces(revision.text, whole, [case]))


def _taken(waiting: deque[Case], block: Block) -> list[Case]:
    """Take the cases of a block off those that wait. Blocks and cases are in reading order."""
    taken = []
    while waiting and (waiting[0].start or 0) < block.end:
        case = waiting.popleft()
        if (case.start or 0) >= block.start:
            taken.append(case)
    return taken


def _apart(cases: Sequence[Case]) -> list[Case]:
    """The cases whose passages stand on the page and do not overlap the one before."""
    apart: list[Case] = []
    at = 0
    for case in cases:
        if case.state == "found" and case.start is not None and case.end is not None and case.start >= at:
            apart.append(case)
            at = case.end
    return apart


def _pieces(text: str, block: Block, cases: Sequence[Case]) -> list[Piece]:
    pieces, at = [], block.start
    for case in cases:
        start, end = case.start or 0, case.end or 0
        pieces += [Piece(text[at:start]), Piece(text[start:end], case)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at : block.end])) if piece.text]
