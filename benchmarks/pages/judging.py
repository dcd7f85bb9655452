"""Find the case and the span of the page text of each report of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.pages.selecting import Attempt
from moderation.models import Case, Page, Placement, Report, Revision, Selection
from moderation.secret_keys import SecretKeys
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.run import Rechecker
from tests.support.gallery import Truth

# A selection may grow by this many characters, to whole words.
_GROWTH = 40
# Number of characters compared on either side where the two texts of a page differ.
_NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """A report that was sent. `ended` is the text at its span in the page text, None if it has no span."""

    selected: str
    ended: str | None
    is_right: bool
    is_unread: bool
    case_id: UUID | None
    wrong: str | None


def recheck_all(sessions: sessionmaker[Session], origin: str) -> None:
    """Recheck every page now."""
    with sessions() as session:
        session.execute(update(Page).values(check_at=datetime.now(UTC), etag=None, last_modified=None))
        session.commit()
    fetcher = Fetcher(frozenset({urlsplit(origin).netloc}))
    Rechecker(sessions, fetcher, lambda: datetime.now(UTC), SecretKeys("benchmark")).run()


def judge(sessions: sessionmaker[Session], url: str, attempts: Sequence[Attempt]) -> list[Judged]:
    """Return the reports of a page in the order in which they were sent."""
    with sessions() as session:
        revision = session.scalar(select(Revision).join(Page).where(Page.url == url))
        rows = session.execute(
            select(Selection, Placement.case_id)
            .select_from(Report)
            .outerjoin(Placement)
            .outerjoin(Selection, Selection.id == Placement.selection_id)
            .where(Report.url == url)
            .order_by(Report.id)
        ).all()
        sent = [attempt for attempt in attempts if attempt.sent]
        text = revision.text if revision else ""
        return [
            _judged(attempt, text, selection, case_id)
            for attempt, (selection, case_id) in zip(sent, rows, strict=True)
        ]


def statuses(sessions: sessionmaker[Session], case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the status of each case."""
    with sessions() as session:
        return {
            row.id: row.status
            for row in session.execute(select(Case.id, Case.status).where(Case.id.in_(case_ids)))
        }


def _judged(attempt: Attempt, text: str, selection: Selection | None, case_id: UUID | None) -> Judged:
    expected = attempt.expected
    selected = expected.text[expected.start : expected.end] if expected else ""
    start, end = (selection.start, selection.end) if selection else (None, None)
    if start is None or end is None:
        return Judged(selected, None, False, not text, case_id, attempt.wrong)
    is_right = expected is not None and _same_place(text, start, end, expected)
    return Judged(selected, text[start:end], is_right, False, case_id, attempt.wrong)


def _same_place(text: str, start: int, end: int, expected: Truth) -> bool:
    """Return whether a span is the selected one, by its place, or by its neighbours if the texts differ.

    Spaces do not count: a style sheet makes some of them.
    """
    if end - start > expected.end - expected.start + _GROWTH:
        return False
    selected = _solid(expected.text[expected.start : expected.end])
    if text == expected.text:
        # A part of what is one word to the server: a style sheet separates its lines.
        is_glued = " " not in text[expected.start : expected.end]
        is_part = is_glued and expected.start <= start < end <= expected.end
        return is_part or (start <= expected.start and expected.end <= end)
    if selected not in _solid(text[start:end]) and _solid(text[start:end]) not in selected:
        return False
    before, after = _solid(expected.text[: expected.start]), _solid(expected.text[expected.end :])
    return _solid(text[:start]).endswith(before[-_NEIGHBOURS:]) or _solid(text[end:]).startswith(
        after[:_NEIGHBOURS]
    )


def _solid(text: str) -> str:
    return text.replace(" ", "")
