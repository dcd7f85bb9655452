"""The spam model of a site: naive Bayes over the words of readers, trained by editors' decisions.

Every word has a row with its counts in spam and in other reports. Learning from a decision is an upsert,
scoring a report is one query. (Graham, "A Plan for Spam", 2002; with the smoothing of Robinson, 2003.)
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, Placement, Report, SpamWord

_WORD = re.compile(r"\w{3,30}")
_TOTAL = ""
"""The row that counts reports."""
_FEWEST = 5
"""With fewer decisions of either kind the model says nothing."""
_MOST_WORDS = 60


def learn(session: Session, case: Case, *, spam: bool, times: int = 1) -> None:
    """Learn from an editor's decision on the case, from what its readers wrote; the caller commits.

    `times` is -1 when the decision is taken back.
    """
    texts = session.execute(
        select(Report.correction, Report.comment)
        .join(Placement)
        .where(Placement.case_id == case.id)
        .limit(_MOST_WORDS)
    ).all()
    written = " ".join(part for row in texts for part in row if part)
    learn_text(session, case.site_id, written, spam=spam, times=times)


def learn_text(session: Session, site_id: UUID, text: str, *, spam: bool, times: int = 1) -> None:
    """Learn that a text is spam or not; the caller commits."""
    words = _words(text)
    if not words:
        return
    column = "spam" if spam else "ham"
    rows = [
        {"site_id": site_id, "word": word, "spam": 0, "ham": 0, column: max(0, times)}
        for word in sorted({*words, _TOTAL})
    ]
    statement = insert(SpamWord).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["site_id", "word"],
            set_={column: func.greatest(0, getattr(SpamWord, column) + times)},
        )
    )


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Counts of some words on a site: in spam and in other reports."""

    counts: dict[str, tuple[int, int]]

    @classmethod
    def load(cls, session: Session, site_id: UUID, texts: Iterable[str]) -> "SpamModel":
        """Load the counts for the words of these texts, in one query."""
        words = {word for text in texts for word in _words(text)}
        if not words:
            return cls({})
        rows = session.execute(
            select(SpamWord.word, SpamWord.spam, SpamWord.ham).where(
                SpamWord.site_id == site_id, SpamWord.word.in_([*words, _TOTAL])
            )
        )
        return cls({word: (spam, ham) for word, spam, ham in rows})

    def score(self, text: str) -> float:
        """Score the similarity of a text to spam: 0 to 1; 0.5 is neutral."""
        spam_total, ham_total = self.counts.get(_TOTAL, (0, 0))
        if min(spam_total, ham_total) < _FEWEST:
            return 0.5
        odds = 0.0
        for word in _words(text):
            spam, ham = self.counts.get(word, (0, 0))
            if spam + ham:
                p = (spam / spam_total) / (spam / spam_total + ham / ham_total)
                p = (0.5 + (spam + ham) * p) / (1 + spam + ham)
                odds += math.log(p / (1 - p))
        return 1 / (1 + math.exp(-max(-20.0, min(20.0, odds))))


def _words(text: str) -> list[str]:
    found: Iterable[str] = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    return list(found)[:_MOST_WORDS]
