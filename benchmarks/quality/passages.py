"""Random passages of a page, with their true span in its later revision."""

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from benchmarks.typos import Case
from moderation.domain.text.normalise import normalise


def passages(case: Case, picked: random.Random) -> Iterator[tuple[str, int, int, tuple[int, int] | None]]:
    """Yield kind, span and true span.

    `kept`: the context of the passage is unchanged. `edited`: at most half of the context changed.
    `reworded`: more changed, so the alignment might join words that only look alike. `gone`: less than half
    of the paragraph is left.
    """
    later = case.later or ""
    tokens, later_tokens = _tokens(case.text), _tokens(later)
    to = _alignment(tokens, later_tokens)
    starts, ends = [left for _, left, _ in tokens], [right for _, _, right in tokens]
    for _ in range(1000):
        length = picked.randint(1, 5)
        first = picked.randrange(max(1, len(tokens) - length))
        last = min(len(tokens), first + length) - 1
        mapped = [to.get(index) for index in range(first, last + 1)]
        if mapped[0] is None or mapped != list(range(mapped[0], mapped[0] + len(mapped))):
            continue
        start, end = tokens[first][1], tokens[last][2]
        around = range(bisect_left(starts, start - 64), bisect_right(ends, end + 64))
        near = [index for index in around if not first <= index <= last]
        truth = later_tokens[mapped[0]][1], later_tokens[mapped[0] + len(mapped) - 1][2]
        changed = sum(index not in to for index in near) / max(1, len(near))
        yield ("kept" if not changed else "edited" if changed <= 0.5 else "reworded"), start, end, truth
    for start, end in _rewritten(case):
        words = [match.span() for match in re.finditer(r"\w+", case.text[start:end])]
        for _ in range(min(12, len(words))):
            at = picked.randrange(len(words))
            stop = min(len(words) - 1, at + picked.randint(0, 3))
            yield "gone", start + words[at][0], start + words[stop][1], None


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(match[0], *match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]


def _alignment(a: Sequence[tuple[str, int, int]], b: Sequence[tuple[str, int, int]]) -> dict[int, int]:
    opcodes = Levenshtein.opcodes([token[0] for token in a], [token[0] for token in b])
    return {
        op.src_start + at: op.dest_start + at
        for op in opcodes
        if op.tag == "equal"
        for at in range(op.src_end - op.src_start)
    }


def _rewritten(case: Case) -> Iterator[tuple[int, int]]:
    blocks = [block for block in (case.raw_later or "").split("\n") if block]
    for block in case.raw.split("\n"):
        if len(block) <= 40:
            continue
        best = process.extractOne(block, blocks, scorer=fuzz.partial_ratio)
        text = normalise(block).strip()
        at = case.text.find(text)
        if best is not None and best[1] < 55 and at >= 0:
            yield at, at + len(text)
