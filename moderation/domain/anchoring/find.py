"""Find a quote in a page text, or tell that it is gone.

The article comes first, then the rest of the page. `part` says how a quote is found in either.
"""

from dataclasses import replace
from functools import lru_cache

from moderation.domain.anchoring.part import POSITION, WHOLE_CONTEXT, Match, Part, Scored
from moderation.domain.text.folding import folded
from moderation.domain.text.normalise import Quote

__all__ = ["Match", "PageText"]

# A candidate outside of the article must score this much more than one in the article.
_OUTSIDE = 24.0


class PageText:
    """A page text, ready to be searched more than once.

    `article_end` is where the article's text ends and the rest of the page begins (None: there is no rest).
    """

    __slots__ = ("_article", "_rest", "_rest_start", "text")

    def __init__(self, text: str, article_end: int | None = None) -> None:
        self.text = text
        self._rest_start = len(text) if article_end is None else article_end
        self._article = Part(text[: self._rest_start])
        self._rest = Part(text[self._rest_start :])

    def find(self, quote: Quote, position: int | None = None) -> Match | None:
        """Find the quote; None if it is gone. `position`, its former start, decides between equal matches.

        The article comes first: a teaser beside it may repeat its sentences.
        """
        quote = Quote(_fold(quote.exact), _fold(quote.prefix), _fold(quote.suffix))
        has_rest = bool(self._rest.folded.text)
        was_outside = has_rest and position is not None and position >= self._rest_start
        in_article = self._article.find(quote, None if was_outside else position)
        sure = not was_outside and in_article is not None and _has_context(in_article, quote)
        if not has_rest or sure:
            return None if in_article is None else in_article.match
        in_rest = self._rest.find(quote, None if position is None else position - self._rest_start)
        if in_rest is None or (
            in_article is not None and not _is_better(in_rest, in_article, quote, was_outside)
        ):
            return None if in_article is None else in_article.match
        start, end = in_rest.match.start + self._rest_start, in_rest.match.end + self._rest_start
        return replace(in_rest.match, start=start, end=end)


def _is_better(in_rest: Scored, in_article: Scored, quote: Quote, was_outside: bool) -> bool:
    """Return whether the passage outside the article fits better than the one in the article."""
    # A passage that stands word for word in its context is no copy of one that the article mended.
    if in_article.match.changed and _has_context(in_rest, quote):
        return True
    return in_rest.score > in_article.score + (-POSITION if was_outside else _OUTSIDE)


def _has_context(scored: Scored, quote: Quote) -> bool:
    """Return whether the passage is unchanged and has its old context."""
    return not scored.match.changed and scored.around >= WHOLE_CONTEXT * len(quote.prefix + quote.suffix)


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return folded(text).text
