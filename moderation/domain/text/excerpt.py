"""Shorten a text at word boundaries, with an ellipsis where words are left out."""

ELLIPSIS = "…"
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", ":", ";")
# The widget sends at least as much, if the text is long enough.
_SHORTEST_CUT = 30


def last_words(text: str, most: int) -> str:
    """Return the end of a text: whole words, at most `most` characters and an ellipsis."""
    if len(text) <= most:
        return text
    return ELLIPSIS + _tail(text, most)


def first_words(text: str, most: int) -> str:
    """Return the start of a text: whole words, at most `most` characters and an ellipsis."""
    if len(text) <= most:
        return text
    return _head(text, most) + ELLIPSIS


def middle_cut(text: str, most: int) -> str:
    """Return the text, or its start and its end with an ellipsis between: whole words where it can."""
    if len(text) <= most:
        return text
    half = most // 2
    start = _unless_short(_head(text, half), text[:half])
    end = _unless_short(_tail(text, half), text[-half:])
    return f"{start.rstrip()} {ELLIPSIS} {end.lstrip()}"


def _head(text: str, most: int) -> str:
    """Return the whole words at the start of a longer text, or a part of the first one."""
    head = text[:most]
    words, space, _part = head.rpartition(" ")
    return head if text[most].isspace() or not space else words


def _tail(text: str, most: int) -> str:
    """Return the whole words at the end of a longer text, or a part of the last one."""
    tail = text[-most:]
    _part, space, words = tail.partition(" ")
    return tail if text[-most - 1].isspace() or not space else words


def _unless_short(words: str, part: str) -> str:
    """Return the whole words of a part, or all of it when they are less than half: a long word is cut."""
    return words if 2 * len(words) >= len(part) else part


def context_before(prefix: str, in_block: int | None = None) -> str:
    """Return what stands before a passage in its paragraph, from a whole word on.

    `in_block` counts the code points of the paragraph before the passage. None: only readers told the
    context. Where their selection was cut is not known then.
    """
    if in_block is None:
        return _from_word(prefix) if _may_be_cut(prefix) and prefix[0].islower() else prefix
    if in_block > len(prefix):
        return _from_word(prefix)
    return prefix[len(prefix) - in_block :]


def context_after(suffix: str, in_block: int | None = None) -> str:
    """Return what stands after a passage in its paragraph, up to a whole word. See `context_before`."""
    if in_block is None:
        is_end = suffix.rstrip().endswith(_SENTENCE_ENDS)
        return suffix if is_end or not _may_be_cut(suffix) else _to_word(suffix)
    return _to_word(suffix) if in_block > len(suffix) else suffix[:in_block]


def _may_be_cut(context: str) -> bool:
    return len(context) >= _SHORTEST_CUT


def _from_word(text: str) -> str:
    _part, _space, words = text.partition(" ")
    return ELLIPSIS + (words.lstrip() or text)


def _to_word(text: str) -> str:
    words, _space, _part = text.rpartition(" ")
    return (words.rstrip() or text) + ELLIPSIS
