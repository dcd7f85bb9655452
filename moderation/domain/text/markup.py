"""Parse untrusted HTML in bounded time and memory."""

import re
from itertools import islice
from typing import TypeAlias

from lxml import etree, html

# Text, bytes as fetched, or a parsed document.
Markup: TypeAlias = str | bytes | html.HtmlElement

# Markup behind this number of tags is cut off: a million elements would take gigabytes.
_MOST_TAGS = 200_000
# The parser compares every attribute of a tag with every other.
_MOST_ATTRIBUTES = 300
# No shorter tag can hold enough attributes to matter, in characters.
_LONG_TAG = 4096
_LONG_TAGS = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG_TAG},}}")
_ATTRIBUTE = re.compile(r"""[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?|["'=/]""")


def parse(markup: Markup, charset: str | None = None) -> html.HtmlElement | None:
    """The document, or None where there is none. `charset` is what HTTP says of bytes."""
    if isinstance(markup, html.HtmlElement):
        return markup
    if isinstance(markup, bytes):
        bounded, encoding = _bounded(markup.decode("latin-1")).encode("latin-1"), charset
    else:
        bounded, encoding = _bounded(markup).encode("utf-8", "replace"), "utf-8"
    try:
        parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True, huge_tree=True)
    except LookupError:  # an unknown charset: what the document says counts
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(bounded, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _bounded(markup: str) -> str:
    """The markup with at most _MOST_TAGS tags, none with more than _MOST_ATTRIBUTES attributes."""
    if markup.count("<") > _MOST_TAGS:
        first_too_many = next(islice(re.finditer("<", markup), _MOST_TAGS, None))
        markup = markup[: first_too_many.start()]
    return _LONG_TAGS.sub(_with_few_attributes, markup)


def _with_few_attributes(tag: re.Match[str]) -> str:
    attributes = list(islice(_ATTRIBUTE.finditer(tag[0], 1), _MOST_ATTRIBUTES + 1))
    return tag[0][: attributes[-1].start()] if len(attributes) > _MOST_ATTRIBUTES else tag[0]
