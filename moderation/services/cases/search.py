"""What search reads of a case, and how a query finds it: by words, Russian and English, in any form."""

import re

from sqlalchemy import ColumnElement, func

from moderation.models import Case

MOST = 8000
"""Characters kept of one case: ten thousand readers' comments would add nothing to find it by."""
_BEGINNING = re.compile(r"\w{3,40}")


def remember(case: Case, *texts: str | None) -> None:
    """Let search find the case by these texts too."""
    for text in texts:
        said = _plain(text or "").strip()
        if said and said not in case.words:
            case.words = f"{case.words} {said}".strip()[:MOST]


def mentions(words: str) -> ColumnElement[bool]:
    """The cases that a query finds: all its words in any form, "a phrase", -without, one or another.

    A single word may be unfinished: editors look while they type.
    """
    plain = _plain(words)
    query: ColumnElement[str] = func.websearch_to_tsquery("russian", plain)
    if _BEGINNING.fullmatch(plain):
        query = query.op("||")(func.to_tsquery("simple", f"{plain.lower()}:*"))
    return Case.search.op("@@", is_comparison=True)(query)


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")
