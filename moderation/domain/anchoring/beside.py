"""Tell whether a page was mended directly beside a passage: a comma after it, a missing word before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.text.normalise import Quote

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_SENTENCE_END = frozenset(".!?…")
# An edit next to the passage has at most this many words and this many punctuation marks, before and now.
_MOST_WORDS = 2
_MOST_MARKS = 2
# Number of tokens that must agree behind the edit, if there are as many, and at least.
_AGREEING = 4
_LEAST_AGREEING = 2
# Number of characters on either side in which the edit is looked for.
_REACH = 120


@dataclass(frozen=True, slots=True)
class _Side:
    """The tokens on one side of a passage, the nearest first, and whether a space comes before them."""

    tokens: Sequence[str]
    spaced: bool


def edited_neighbours(text: str, start: int, end: int, quote: Quote) -> str | None:
    """Return text[start:end] with the neighbours that were edited since; None if none was edited.

    The passage itself is unchanged. `quote` holds it with its surroundings at an earlier time. An edit counts
    if it touches the edge of the passage, in the same sentence: punctuation or up to two words.
    """
    was_before, was_after = _before(quote.prefix), _after(quote.suffix)
    now_before, now_after = _before(text[max(0, start - _REACH) : start]), _after(text[end : end + _REACH])
    left = _edit(was_before, now_before)
    right = None if quote.exact[-1:] in _SENTENCE_END else _edit(was_after, now_after)
    if left is None and right is None:
        return None
    window = text[max(0, start - _REACH) : end + _REACH]
    at = start - max(0, start - _REACH)
    spans = [match.span() for match in _TOKEN.finditer(window)]
    before = [span for span in spans if span[1] <= at]
    after = [span for span in spans if span[0] >= at + end - start]
    first = before[-left][0] if left else at
    last = after[right - 1][1] if right else at + end - start
    return window[first:last]


def has_old_neighbours(text: str, start: int, end: int, quote: Quote) -> bool:
    """Return whether text[start:end] has the direct neighbours (words and marks) of the earlier `quote`."""
    before, after = _before(text[max(0, start - _REACH) : start]), _after(text[end : end + _REACH])
    return _is_beside(_before(quote.prefix), before) and _is_beside(_after(quote.suffix), after)


def _is_beside(was: _Side, now: _Side) -> bool:
    return was.tokens[:1] == now.tokens[:1] and was.spaced == now.spaced


def _before(text: str) -> _Side:
    """Tokens before a passage. The first word of a context may be cut, so that it does not count."""
    return _Side(_TOKEN.findall(text)[:0:-1], text[-1:].isspace())


def _after(text: str) -> _Side:
    return _Side(_TOKEN.findall(text)[:-1], text[:1].isspace())


def _edit(was: _Side, now: _Side) -> int | None:
    """Number of tokens to show of an edit next to the passage, at least one; None when there is no edit."""
    if was.tokens[:1] == now.tokens[:1]:
        respaced = was.spaced != now.spaced and _agree(was.tokens, now.tokens)
        return 1 if respaced else None
    longest = _MOST_WORDS + _MOST_MARKS
    sizes = sorted(
        ((removed, added) for removed in range(longest + 1) for added in range(longest + 1)), key=sum
    )
    for removed, added in sizes:
        if _agree(was.tokens[removed:], now.tokens[added:]):
            small = _is_small(was.tokens[:removed]) and _is_small(now.tokens[:added])
            return max(added, 1) if small else None
    return None


def _agree(was: Sequence[str], now: Sequence[str]) -> bool:
    count = min(_AGREEING, len(was))
    return count >= _LEAST_AGREEING and list(was[:count]) == list(now[:count])


def _is_small(tokens: Sequence[str]) -> bool:
    """Return whether the tokens are few and belong to one sentence."""
    words = sum(token[0].isalnum() for token in tokens)
    ends_sentence = any(token in _SENTENCE_END for token in tokens[:-1])
    return words <= _MOST_WORDS and len(tokens) - words <= _MOST_MARKS and not ends_sentence
