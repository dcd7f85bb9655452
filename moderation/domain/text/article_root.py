"""Which element of a document is its article."""

from itertools import islice

from lxml import etree, html

from moderation.domain.text.visibility import is_hidden

# `main` is the article when it holds more than this many times the text of the largest `article`.
_MUCH_MORE = 2.0
# Only the first ones are compared: a page can hold a hundred thousand.
_MOST_CANDIDATES = 50
_MOST_PARAGRAPHS = 1000
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
    article, main = _longest(document, "article"), _longest(document, "main")
    if article is not None and main is not None:
        return main if _prose_length(main) > _MUCH_MORE * _prose_length(article) else article
    body = document.find("body")
    return next((node for node in (article, main, body) if node is not None), document)


def _longest(document: html.HtmlElement, tag: str) -> html.HtmlElement | None:
    """The first of the elements with most text in paragraphs."""
    shown = (node for node in document.iter(tag) if not is_hidden(node))
    candidates = list(islice(shown, _MOST_CANDIDATES))
    return candidates[0] if len(candidates) == 1 else max(candidates, key=_prose_length, default=None)


def _prose_length(node: html.HtmlElement) -> int:
    """Number of characters in the element's paragraphs, without what is nested in them deeply."""
    return sum(_own_length(paragraph) for paragraph in islice(node.iter("p"), _MOST_PARAGRAPHS))


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
