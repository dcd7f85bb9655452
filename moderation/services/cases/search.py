"""Full-text search of cases: by words in any form, Russian and English."""

import re

from sqlalchemy import ColumnElement, and_, func, or_

from moderation.models import Case

MOST = 8000
"""Limit of the search text per case, in characters; more comments would not improve search."""
_WORD = re.compile(r"\w")
_PREFIX = re.compile(r"\w{3,40}")
# PostgreSQL nests every minus sign before an operand and gives up at 32: keep one, before a word or a phrase.
_IDLE_MINUS = re.compile(r'-+(?![\w"])|(?<=")-+|-+(?=-)')


def remember(case: Case, *texts: str | None) -> None:
    """Add texts to what search finds the case by."""
    for text in texts:
        plain = _plain(text or "").strip()
        if plain and plain not in case.search_text:
            case.search_text = f"{case.search_text} {plain}".strip()[:MOST]


def mentions(query: str) -> ColumnElement[bool]:
    """A WHERE condition: cases with all words of the query, a "phrase", without -this, this or that.

    A single word may be unfinished: editors see results while they type. No query is an error. The index has
    no stop words. A query of nothing else, such as "there", is looked for as it is written.
    """
    plain = _IDLE_MINUS.sub(" ", _plain(query))
    words: ColumnElement[str] = func.websearch_to_tsquery("russian", plain)
    parsed = words
    if _PREFIX.fullmatch(plain):
        parsed = words.op("||")(func.to_tsquery("simple", f"{plain.lower()}:*"))
    matches: ColumnElement[bool] = Case.search.op("@@", is_comparison=True)(parsed)
    if not _WORD.search(plain):
        return matches
    as_written = Case.search_text.op("~*", is_comparison=True)(rf"\m{re.escape(plain.strip())}\M")
    # PostgreSQL counts the words before it chooses a plan: a query with others uses the index alone.
    return or_(matches, and_(func.numnode(words) == 0, as_written))


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")
