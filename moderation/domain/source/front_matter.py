"""Front matter of Markdown files: only the values that a page shows are text."""

import re
from collections.abc import Iterator

from moderation.domain.source.units import Glyph, Style

_FENCED = re.compile(
    r"\A(?:---[ \t]*\r?\n.*?\r?\n---|\+\+\+[ \t]*\r?\n.*?\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_SHOWN = re.compile(
    r"""^(?:title|subtitle|description|summary|lead|excerpt)[ \t]*[:=][ \t]*
    (?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\n]|'')*)'|(?P<plain>[^\s"'|>&*!%@`\[{#][^\n\r#]*))""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\.|''")
_STYLES: dict[str, Style] = {"double": "double_quoted", "single": "single_quoted", "plain": "plain"}


def front_matter_end(source: str) -> int:
    """Return the end of the front matter; 0 without one."""
    found = _FENCED.match(source)
    return found.end() if found else 0


def front_matter_glyphs(source: str) -> Iterator[Glyph]:
    """Yield the shown values, with a boundary before and behind each."""
    for value in _SHOWN.finditer(source):
        name = value.lastgroup or "plain"
        start, end = value.span(name)
        yield Glyph(" ", start, start, "locked")
        at = start
        while at < end:
            escaped = _ESCAPED.match(source, at, end) if name != "plain" else None
            if escaped and (name == "double") == escaped[0].startswith("\\"):
                is_known = escaped[0][1] in "\"\\/'"
                yield Glyph(escaped[0][1], at, escaped.end(), _STYLES[name] if is_known else "locked")
                at = escaped.end()
            else:
                yield Glyph(source[at], at, at + 1, _STYLES[name])
                at += 1
        yield Glyph(" ", end, end, "locked")
