"""Shorten a text at word boundaries, with an ellipsis where words are left out."""

ELLIPSIS = "…"


def last_words(text: str, most: int) -> str:
    """Return the end of a text: whole words, at most `most` characters and an ellipsis."""
    if len(text) <= most:
        return text
    tail = text[-most:]
    _part, space, words = tail.partition(" ")
    is_at_word = text[-most - 1].isspace()
    return ELLIPSIS + (tail if is_at_word or not space else words)


def first_words(text: str, most: int) -> str:
    """Return the start of a text: whole words, at most `most` characters and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most]
    words, space, _part = head.rpartition(" ")
    is_at_word = text[most].isspace()
    return (head if is_at_word or not space else words) + ELLIPSIS


def middle_cut(text: str, most: int) -> str:
    """Return the text, or its start and its end with an ellipsis between them."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half].rstrip()} {ELLIPSIS} {text[-half:].lstrip()}"
