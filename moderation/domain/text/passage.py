"""The content of one report: the smallest wrong passage and its correction."""

from dataclasses import dataclass
from itertools import takewhile

from moderation.domain.text.normalise import Quote, normalise, normalise_quote
from moderation.domain.text.whole_words import whole_words

# How much of the page's text a passage keeps on either side, in code points.
CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest whole-word passage that holds a mistake.

    `correction` replaces `quote.exact`. A passage without one is only as narrow as the reader's selection.
    `shift` is how far it starts behind the start of that selection, in code points (before: negative).
    """

    quote: Quote
    correction: str | None = None
    shift: int = 0


def cut(text: str, start: int, end: int) -> Quote:
    """text[start:end] as a quote with at most CONTEXT code points on either side."""
    return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def read(quote: Quote, correction: str | None) -> Passage:
    """The passage that a reader's quote and correction speak of.

    A correction is reduced to its smallest change first: of a sentence retyped for one letter's sake,
    the passage is one word. A correction that changes nothing is none.
    """
    quote = normalise_quote(quote)
    if correction is not None:
        change = _smallest_change(quote, normalise(correction))
        if change is not None:
            return change
    start, end = whole_words(quote.text, quote.start, quote.end)
    return Passage(cut(quote.text, start, end), None, start - quote.start)


def _smallest_change(quote: Quote, correction: str) -> Passage | None:
    exact, correction, offset = _without_padding(quote, correction)
    if exact == correction:
        return None
    head = _common(exact, correction)
    tail = _common(exact[head:][::-1], correction[head:][::-1])
    changed = (offset + head, offset + len(exact) - tail)
    text, middle = quote.text, correction[head : len(correction) - tail]
    start, end = _words_around(text, changed)
    replacement = text[start : changed[0]] + middle + text[changed[1] : end]
    if not replacement.strip():  # a word too many: with its neighbour, an editor sees what remains
        start, end = _with_neighbour(text, start, end)
        replacement = text[start : changed[0]] + middle + text[changed[1] : end]
    return Passage(cut(text, start, end), replacement, start - quote.start)


def _common(a: str, b: str) -> int:
    """Length of the common start of two texts, in code points."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _without_padding(quote: Quote, correction: str) -> tuple[str, str, int]:
    """Passage, correction and where the passage starts, without spaces that mean nothing.

    A selection often takes a space along, and a correction comes without it. A space means something
    when the correction adds it to text that has none there, or beside a comma or a full stop alone.
    """
    exact, text = quote.exact, quote.text
    if not any(char.isalnum() for char in exact):
        return exact, correction, quote.start
    start = quote.start + len(exact) - len(exact.lstrip())
    exact = exact.strip()
    end = start + len(exact)
    if start == 0 or text[start - 1] == " ":
        correction = correction.lstrip()
    if end == len(text) or text[end] == " ":
        correction = correction.rstrip()
    return exact, correction, start


def _words_around(text: str, changed: tuple[int, int]) -> tuple[int, int]:
    """Extend a change to whole words. No edge is a space: a struck-out space is invisible."""
    start, end = whole_words(text, *changed)
    start, end = min(start, changed[0]), max(end, changed[1])
    if start < end < len(text) and text[end - 1] == " ":
        end = max(end + 1, whole_words(text, end, end + 1)[1])
    if 0 < start < end and text[start] == " ":
        start = min(start - 1, whole_words(text, start - 1, start)[0])
    return start, end


def _with_neighbour(text: str, start: int, end: int) -> tuple[int, int]:
    """The span and the next word, or at the end of the text the one before."""
    following = len(text) - len(text[end:].lstrip())
    if following < len(text):
        return start, whole_words(text, following, following + 1)[1]
    before = len(text[:start].rstrip())
    return (whole_words(text, before - 1, before)[0] if before else 0), end
