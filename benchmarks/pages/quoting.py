"""Compare the widget's quotes of very many selections with the page text of the server, without a dialog.

The widget's own modules read the selections in Chromium. The server reads the bytes that the site served.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from benchmarks.pages.selecting import TEXTS
from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote, normalise
from moderation.domain.text.page_text import PageContent, read_content
from moderation.domain.text.passage import read

# Marks of the edges of the selections in the markup: private characters, one per edge.
_FIRST_MARK = 0xF0000
# A found span may be longer than the selection by this many characters: text that a style sheet hides.
_GROWTH = 300
_CONTEXTS = (30, 60, 15)
_NEIGHBOURS = 12

_WORDS = (
    "() => {"
    + TEXTS
    + "return nodes.flatMap((node, index) => [...node.data.matchAll(/[\\p{L}\\p{M}\\p{N}]{1,30}/gu)]"
    + ".map((match) => [index, match.index, match.index + match[0].length])); }"
)
_READ = (
    "async ([picked, base]) => {"
    + TEXTS
    + """
  const {readRange} = await import(`${base}/_widget/widget/dialog/selection.js`);
  const whole = (node, offset) => {  // no accent is parted from its letter
    while (/^\\p{M}/u.test(nodes[node].data.slice(offset))) offset++;
    return offset;
  };
  for (const edges of picked) [edges[1], edges[3]] = [whole(edges[0], edges[1]), whole(edges[2], edges[3])];
  const read = picked.map(([first, start, last, end]) => {
    const range = document.createRange();
    range.setStart(nodes[first], start);
    range.setEnd(nodes[last], end);
    const {quote, position} = readRange({}, range, document);
    return {quote, position, shown: range.toString()};
  });
  const edges = picked.flatMap(([first, start, last, end], at) => [
    [nodes[first], start, 2 * at], [nodes[last], end, 2 * at + 1],
  ]);
  edges.sort((a, b) => b[1] - a[1]);
  for (const [node, offset, mark] of edges) node.insertData(offset, String.fromCodePoint(0xF0000 + mark));
  const shadowRoots = [...document.querySelectorAll("*")].flatMap((node) => node.shadowRoot ?? []);
  return [read, document.documentElement.getHTML({shadowRoots})];
}"""
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A selection that the server finds elsewhere, or not at all (`found` is None)."""

    selected: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The selections of a page.

    `crossing` selections cross the article's edge: the widget sends only a part. `equal` ones are found at
    another place with the same words around it, for example in a copy that a style sheet hides.
    """

    compared: int
    crossing: int
    equal: int
    wrong: list[Wrong]


def compare(page: Page, base: str, body: str, count: int, seed: object) -> Comparison:
    """Compare selections all over an open page. `body` is the markup that the site served for it."""
    picked = list(_picked(page.evaluate(_WORDS), count, random.Random(str(seed))))
    readings, marked = page.evaluate(_READ, [picked, base])
    truth = _Truth(read_content(marked))
    content = read_content(body)
    page_text, texts = PageText(content.text, content.article_end), _Alignment(truth.text, content)
    wrong, crossing, equal = [], 0, 0
    for at, reading in enumerate(readings):
        found = _found(page_text, reading)
        span = truth.span(at)
        if span is not None and truth.crosses(span):
            crossing += 1
        elif found is not None and span is not None and texts.is_equal(span, found):
            equal += not texts.agrees(span, found)
        elif found is None or span is None or not texts.agrees(span, found):
            wrong.append(
                Wrong(reading["shown"], None if found is None else content.text[found[0] : found[1]])
            )
    return Comparison(len(readings) - crossing, crossing, equal, wrong)


def _picked(words: Sequence[Sequence[int]], count: int, chosen: random.Random) -> Iterator[list[int]]:
    """Choose words, parts of words, and runs of words that cross elements."""
    for _ in range(count if words else 0):
        at = chosen.randrange(len(words))
        last = min(len(words) - 1, at + chosen.choice((0, 0, 0, 0, 1, 2, 4, 8, 20)))
        node, start, end = words[at]
        if last == at and end - start > 4 and chosen.random() < 0.2:
            yield [node, start + 1, node, end - 1]
        else:
            yield [node, start, words[last][0], words[last][2]]


def _found(page_text: PageText, reading: dict[str, Any]) -> tuple[int, int] | None:
    """Return the span where triage places the selection."""
    sent, position = reading.get("quote"), reading.get("position")
    if not sent:
        return None
    passage = read(Quote(sent["exact"], sent["prefix"], sent["suffix"]), None)
    match = page_text.find(passage.quote, max(0, position["start"] + passage.shift) if position else None)
    if match is None or (match.changed and not match.interrupted):
        return None
    return match.start, match.end


class _Truth:
    """The server's text of the marked page. Spans count characters that are no spaces."""

    def __init__(self, marked: PageContent) -> None:
        self._at: dict[int, int] = {}
        plain = []
        solid = self._edge = 0
        for at, char in enumerate(marked.text):
            if at == marked.article_end:
                self._edge = solid
            if ord(char) >= _FIRST_MARK:
                self._at[ord(char) - _FIRST_MARK] = solid
            else:
                plain.append(char)
                solid += not char.isspace()
        self.text = normalise("".join(plain)).strip()

    def span(self, selection: int) -> tuple[int, int] | None:
        start, end = self._at.get(2 * selection), self._at.get(2 * selection + 1)
        return None if start is None or end is None else (start, end)

    def crosses(self, span: tuple[int, int]) -> bool:
        """Return whether one end is in the article and the other is not."""
        return (span[0] < self._edge) != (span[1] <= self._edge)


class _Alignment:
    """Two readings of one page, compared without spaces."""

    def __init__(self, text: str, content: PageContent) -> None:
        self._old = text.replace(" ", "")
        self._new = content.text.replace(" ", "")
        self._text = content.text

    def agrees(self, span: tuple[int, int], found: tuple[int, int]) -> bool:
        """Return whether a found span holds the selected one, and little more."""
        expected = self._in_new(*span)
        start = found[0] - self._text.count(" ", 0, found[0])
        end = found[1] - self._text.count(" ", 0, found[1])
        if expected is None:
            return self._old[slice(*span)] in self._new[start:end]
        return (
            start <= expected and expected + span[1] - span[0] <= end <= start + span[1] - span[0] + _GROWTH
        )

    def is_equal(self, span: tuple[int, int], found: tuple[int, int]) -> bool:
        """Return whether the words and their neighbours are those of the selected place."""
        selected, expected = self._old[slice(*span)], self._in_new(*span)
        start = self._new.find(selected, found[0] - self._text.count(" ", 0, found[0]))
        if expected is None or start < 0:
            return False
        length = len(selected) + _NEIGHBOURS
        there, here = (self._new[max(0, at - _NEIGHBOURS) : at + length] for at in (expected, start))
        return there == here

    def _in_new(self, start: int, end: int) -> int | None:
        """Return where the selection stands in the new text: the n-th place of the same surroundings."""
        if self._old == self._new:
            return start
        for context in _CONTEXTS:
            first = max(0, start - context)
            piece = self._old[first : end + context]
            if self._old.count(piece) == self._new.count(piece):
                return (
                    _nth(self._new, piece, self._old.count(piece, 0, first + len(piece)) - 1) + start - first
                )
        return None


def _nth(text: str, piece: str, number: int) -> int:
    at = text.find(piece)
    for _ in range(number):
        at = text.find(piece, at + len(piece))
    return at
