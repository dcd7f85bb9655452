"""Read the authors and the section that a page states: JSON-LD first, then meta elements.

The markup comes from outside: the work, the number of names and their lengths are bounded.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from moderation.domain.accounts.names import is_one_line
from moderation.domain.sites.limits import CREDIT_LENGTH
from moderation.domain.text.markup import Markup, parse

MOST_AUTHORS = 5
_MOST_ELEMENTS = 500
"""Script and meta elements that are looked at."""
_LARGEST_BLOCK = 200_000
"""Characters of a JSON-LD block. A larger one is ignored."""
_MOST_NODES = 2_000
_MOST_LISTED = 50
"""Entries of a list, and names of a page: many articles can refer to one node with many names."""
_DEEPEST = 20
_ARTICLES = ("article", "posting", "report", "review")
"""Parts of the names of schema.org's types for articles: NewsArticle, BlogPosting, Report …"""


@dataclass(frozen=True, slots=True)
class Credits:
    """The authors of a page, and its section; empty if the page does not state them."""

    authors: tuple[str, ...] = ()
    section: str | None = None


@dataclass(slots=True)
class _Stated:
    authors: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


def read_credits(markup: Markup) -> Credits:
    """Return what the page states about its authors and its section."""
    document = parse(markup)
    if document is None:
        return Credits()
    in_data, in_metas = _Stated(), _Stated()
    _read_data(document, in_data)
    for meta in islice(document.iter("meta"), _MOST_ELEMENTS):
        name, content = (meta.get("property") or meta.get("name") or "").lower(), meta.get("content") or ""
        if name in ("author", "article:author") and "://" not in content:
            in_metas.authors.append(content)
        elif name == "article:section":
            in_metas.sections.append(content)
    authors = _names(in_data.authors) or _names(in_metas.authors)
    sections = _names(in_data.sections) or _names(in_metas.sections)
    return Credits(tuple(authors[:MOST_AUTHORS]), sections[0] if sections else None)


def _read_data(document: HtmlElement, stated: _Stated) -> None:
    """Read the articles in all JSON-LD blocks. An author can be a reference to another node."""
    nodes = list(islice((node for block in _blocks(document) for node in _nodes(block)), _MOST_NODES))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles = [node for node in nodes if _is_article(node)]
    authors = (one for node in articles for one in _listed(node.get("author")))
    stated.authors += islice((name for one in authors for name in _called(one, by_id)), _MOST_LISTED)
    sections = (one for node in articles for one in _listed(node.get("articleSection")))
    stated.sections += islice((one for one in sections if isinstance(one, str)), _MOST_LISTED)


def _blocks(document: HtmlElement) -> Iterator[Any]:
    for script in islice(document.iter("script"), _MOST_ELEMENTS):
        text = script.text or ""
        is_data = (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json"
        if not is_data or len(text) > _LARGEST_BLOCK:
            continue
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):  # pages often hold broken blocks
            continue


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects at any place of the data, the outer ones first."""
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
    inner: Iterable[Any] = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in inner:
        if isinstance(value, dict | list):
            yield from _nodes(value, depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = [type_.lower() for type_ in _listed(node.get("@type")) if isinstance(type_, str)]
    return any(part in type_ for type_ in types for part in _ARTICLES)


def _called(author: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of an author, who is a name, an object, or a reference to one."""
    if isinstance(author, str):
        return [author]
    if not isinstance(author, dict):
        return []
    known = author if "name" in author else by_id.get(str(author.get("@id")), {})
    return [name for name in _listed(known.get("name")) if isinstance(name, str)]


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:_MOST_LISTED]
    return [] if value is None else [value]


def _names(texts: Iterable[str]) -> list[str]:
    """Return the texts that are names, each once, with single spaces."""
    names = (" ".join(text.split()) for text in texts if len(text) <= 10 * CREDIT_LENGTH)
    return list(dict.fromkeys(name for name in names if _is_name(name)))


def _is_name(name: str) -> bool:
    has_surrogates = any("\ud800" <= char <= "\udfff" for char in name)  # JSON escapes can make them
    return 0 < len(name) <= CREDIT_LENGTH and is_one_line(name) and not has_surrogates
