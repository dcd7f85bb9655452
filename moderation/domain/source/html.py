"""Read the visible characters of HTML: classic and block content of WordPress, and static pages."""

import re
from collections.abc import Iterator
from html import unescape

from moderation.domain.source.units import Glyph, Style

_TOKEN = re.compile(
    r"""(?P<comment><!--.*?(?:-->|\Z))
    |(?P<declaration><[!?][^>]*+>?)
    |<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*+)(?:[^"'>]|"[^"]*+"|'[^']*+')*+(?:>|\Z|(?=["']))
    |\[(?P<end>/?)(?P<shortcode>[A-Za-z][\w-]*)(?:[\s=][^\[\]]*)?/?\]
    |(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<spaces>\s{2,}+)""",
    re.VERBOSE | re.DOTALL,
)
"""A token consumes whatever was looked at for it, so that no source takes more time than its length."""
_BLANK_LINE = 2
"""Line ends in white space that is a blank line."""
_HIDDEN = frozenset(
    "audio canvas head iframe math noscript object script select style svg template textarea video".split()
)
_CODE = frozenset("code kbd pre samp tt var".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite data del dfn em font i img ins label mark nobr q rb rp rt ruby s "
    "small span strike strong sub sup time u wbr".split()
)
_RAW_SHORTCODES = frozenset("code sourcecode raw html gist embed audio video gallery playlist".split())


def html_glyphs(source: str, *, shortcodes: bool = False) -> Iterator[Glyph]:
    """Yield the text of the source that a reader sees. With `shortcodes`, [names] in brackets are markup."""
    at, state = 0, _State()
    for token in _TOKEN.finditer(source):
        if token["shortcode"] and not shortcodes:
            continue
        yield from state.characters(source, at, token.start())
        yield from _read_token(source, token, state)
        at = token.end()
    yield from state.characters(source, at, len(source))


class _State:
    """The elements that are open and decide how text is treated."""

    def __init__(self) -> None:
        self.hidden: str | None = None
        self.code: list[str] = []

    @property
    def style(self) -> Style:
        return "locked" if self.code else "html"

    def characters(self, source: str, start: int, end: int) -> Iterator[Glyph]:
        if self.hidden is None:
            for at in range(start, end):
                yield Glyph(source[at], at, at + 1, self.style)

    def open_or_close(self, name: str, *, closes: bool, code: frozenset[str], hidden: frozenset[str]) -> None:
        if self.hidden is not None:
            if closes and name == self.hidden:
                self.hidden = None
        elif name in hidden and not closes:
            self.hidden = name
        elif name in code and not closes:
            self.code.append(name)
        elif closes and name in self.code:
            self.code.remove(name)


def _read_token(source: str, token: re.Match[str], state: _State) -> Iterator[Glyph]:
    start, end = token.span()
    if token["entity"]:
        if state.hidden is None:
            for char in unescape(token["entity"]):
                yield Glyph(char, start, end, state.style)
    elif token["spaces"]:
        if token["spaces"].count("\n") < _BLANK_LINE:
            yield from state.characters(source, start, end)
        elif state.hidden is None:
            yield Glyph(" ", start, end, "locked")
    elif token["tag"]:
        yield from _read_tag(token, state)
    elif token["shortcode"]:
        name = token["shortcode"].lower()
        if not token[0].endswith("/]"):
            state.open_or_close(name, closes=bool(token["end"]), code=_RAW_SHORTCODES, hidden=frozenset())


def _read_tag(token: re.Match[str], state: _State) -> Iterator[Glyph]:
    """Open or close an element. A block stands apart from its surroundings."""
    name, is_close = token["tag"].lower(), bool(token["close"])
    if is_close or not token[0].endswith("/>"):
        state.open_or_close(name, closes=is_close, code=_CODE, hidden=_HIDDEN)
    if state.hidden is None and (name == "pre" or name not in _INLINE | _CODE):
        yield Glyph(" ", token.start(), token.start(), "locked")
