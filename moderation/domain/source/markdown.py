"""Read the visible characters of Markdown: Hugo, Jekyll, Docusaurus, with front matter and inline HTML."""

import re
from collections.abc import Iterator
from html import unescape

from moderation.domain.source.front_matter import front_matter_end, front_matter_glyphs
from moderation.domain.source.units import Glyph, Style

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HIDDEN_LINE = re.compile(
    r"""\ {0,3}(?:=+|-{2,}|(?:[*_-][ ]*+){3,})[ \t]*+\Z      # underlines of headings, rules
    |\ {0,3}\[[^\]]+\]:[ \t].*\Z                             # link definitions
    |[ \t]*+:{3,}.*\Z                                       # admonitions
    |[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z  # the line below a table's head
    |[ \t]*+\{:.*\}[ \t]*+\Z                                # attributes of kramdown
    |(?:import|export)[ ].*\Z                              # MDX
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\#{1,6}[ \t]+)*")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_INLINE = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<code>(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))
    |(?P<ticks_alone>`++)
    |(?P<hidden>\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{\#[^{}]*\}|\{:[^{}]*\}
        |!\[[^\[\]]*\](?:\((?:(?!!\[)[^)])*\)|\[[^\[\]]*\])
        |\[\^[^\[\]]+\]|\]\((?:[^()\\]|\\.|\([^()]*\))*\)|\](?:\[[^\[\]]*\])?|\[
        |<!--(?:(?!<!--).)*?-->|</?[A-Za-z][^<>]*>
        |\*+(?=\S)|(?<=\S)\*+|~~|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_]))
    |(?P<address><?https?://[^\s<>)\]]+>?)
    |(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<cell>\|)""",
    re.VERBOSE,
)
"""What opens something ends before the next of its kind: a line takes no more time than its length.

Code ends after 2,000 characters at the latest: each length of ticks has another end to look for.
"""
_LIQUID_RAW = re.compile(r"\{\{?[%<]\s*(/?)(end)?(highlight|raw)\b")


def markdown_glyphs(source: str) -> Iterator[Glyph]:
    """Yield the text of the source that a reader sees. Code can be found, but is locked."""
    body = front_matter_end(source)
    yield from front_matter_glyphs(source[:body])
    fence, is_raw, before = "", False, ""
    at = body
    for line in source[body:].splitlines(keepends=True):
        text = line.rstrip("\r\n")
        end = at + len(text)
        opening = _FENCE.match(text)
        liquid = _LIQUID_RAW.search(text)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
            yield Glyph(" ", at, at, "locked")
        elif liquid:
            is_raw = not (liquid[1] or liquid[2])
        elif fence or is_raw or _is_indented_code(text, before):
            yield from _plain(source, at, end, "locked")
        elif not text.strip():
            yield Glyph(" ", at, at, "locked")
        elif not _HIDDEN_LINE.match(text):
            yield from _line(source, at, end)
        if at + len(line) > end:
            yield Glyph(" ", end, at + len(line), "markdown")
        at += len(line)
        before = text if text.strip() or _LIST.match(before) is None else before
    yield Glyph(" ", at, at, "locked")


def _is_indented_code(text: str, before: str) -> bool:
    return text.startswith(("    ", "\t")) and not before.strip() and bool(text.strip())


def _plain(source: str, start: int, end: int, style: Style) -> Iterator[Glyph]:
    for at in range(start, end):
        yield Glyph(source[at], at, at + 1, style)


def _line(source: str, start: int, end: int) -> Iterator[Glyph]:
    marker = _LINE_START.match(source, start, end)
    at = marker.end() if marker else start
    if marker and marker[0].strip():
        yield Glyph(" ", start, start, "locked")
    for token in _INLINE.finditer(source, at, end):
        yield from _plain(source, at, token.start(), "markdown")
        yield from _token(source, token)
        at = token.end()
    yield from _plain(source, at, end, "markdown")


def _token(source: str, token: re.Match[str]) -> Iterator[Glyph]:
    start, end = token.span()
    if token["escape"]:
        yield Glyph(source[end - 1], start, end, "markdown")
    elif token["code"]:
        ticks = len(token["ticks"])
        yield from _plain(source, start + ticks, end - ticks, "locked")
    elif token["ticks_alone"]:
        yield from _plain(source, start, end, "markdown")
    elif token["address"]:
        yield from _plain(source, start, end, "locked")
    elif token["entity"]:
        for char in unescape(token["entity"]):
            yield Glyph(char, start, end, "markdown")
    elif token["cell"]:
        yield Glyph(" ", start, start, "locked")
