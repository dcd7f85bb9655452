"""Which element of a document is its article."""

from itertools import islice

from lxml import etree, html

from moderation.domain.text.visibility import is_hidden

# `main` is the article when it holds more than this many times the text of the largest `article`.
_MUCH_MORE = 2.0
# So is `body` when it holds more than this many times the text of both: they are teasers or comments.
_MOST = 4.0
# Only the first ones are compared: a page can hold a hundred thousand.
_MOST_CANDIDATES = 50
_MOST_ELEMENTS = 2000
_MOST_PARAGRAPHS = 5000
_MOST_CHILDREN = 100


def article_root(document: html.HtmlElement, selector: str | None) -> html.HtmlElement:
    """The element that the site names; else the `article` with most text, `main`, or `body`.

    `selector` is a class, an id or an element's name, as in `.story`, `#text` or `article`. A first
    `article` that is a teaser is not the article: the text in paragraphs decides.
    """
    if selector:
        named = next((node for node in document.iter(etree.Element) if _matches(node, selector)), None)
        if named is not None:
            return named
    article, main, body = _longest(document, "article"), _longest(document, "main"), document.find("body")
    chosen = main if article is None else article
    if main is not None and article is not None and _prose_length(main) > _MUCH_MORE * _prose_length(article):
        chosen = main
    if body is not None and (chosen is None or _prose_length(body) > _MOST * _prose_length(chosen)):
        chosen = body
    return document if chosen is None else chosen


def _longest(document: html.HtmlElement, tag: str) -> html.HtmlElement | None:
    """The first of the elements with most text in paragraphs."""
    # One inside another has no more text than that, and would be read again with it.
    first = islice(document.iter(tag), _MOST_ELEMENTS)
    outer = (node for node in first if next(node.iterancestors(tag), None) is None)
    shown = (node for node in outer if not is_hidden(node))
    candidates = list(islice(shown, _MOST_CANDIDATES))
    return candidates[0] if len(candidates) == 1 else max(candidates, key=_prose_length, default=None)


def _prose_length(node: html.HtmlElement) -> int:
    """Number of characters in the element's paragraphs, without deeply nested elements.

    Text directly in a `div` or a table cell is a paragraph too.
    """
    parts = islice(node.iter("p", "div", "td"), _MOST_PARAGRAPHS)
    return sum(_own_length(part) if part.tag == "p" else _direct_length(part) for part in parts)


def _direct_length(node: html.HtmlElement) -> int:
    children = islice(node, _MOST_CHILDREN)
    return len((node.text or "").strip()) + sum(len((child.tail or "").strip()) for child in children)


def _own_length(paragraph: html.HtmlElement) -> int:
    children = islice(paragraph, _MOST_CHILDREN)
    return len(paragraph.text or "") + sum(
        len(child.text or "") + len(child.tail or "") for child in children
    )


def _matches(node: html.HtmlElement, selector: str) -> bool:
    if selector.startswith("#"):
        return bool(node.get("id") == selector[1:])
    if selector.startswith("."):
        return selector[1:] in (node.get("class") or "").split()
    return bool(node.tag == selector.lower())
