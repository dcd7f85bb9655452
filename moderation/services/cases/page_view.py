"""A page with its cases in its text, to correct it in one sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.text.page_edits import PageEdits, page_edits
from moderation.models import Case, Editor, Page, Site
from moderation.services.accounts.access import visible
from moderation.services.cases.page_blocks import ShownBlock, block_around, shown_blocks
from moderation.services.cases.read import FOR_ROW
from moderation.services.pages.revisions import latest_revision


class UnknownPage(LookupError):
    """No page has this id, or it belongs to a site that the editor does not see."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's waiting cases in reading order, and its text with them in it (empty: it is not known)."""

    page: Page
    site: Site
    blocks: Sequence[ShownBlock]
    cases: Sequence[Case]

    @property
    def with_suggestion(self) -> int:
        """Count the open cases that have a suggestion to accept."""
        return sum(1 for case in self.cases if case.status == "open" and case.suggestions)

    @property
    def accepted(self) -> Sequence[Case]:
        """Those with a correction that the editors agreed on."""
        return [case for case in self.cases if case.status == "accepted" and case.correction is not None]


def view_page(session: Session, editor: Editor, page_id: UUID) -> PageView:
    """The page as its latest revision reads, with its open and accepted cases. Raises UnknownPage."""
    page = session.scalar(select(Page).where(Page.id == page_id, visible(editor, Page.site_id)))
    if page is None:
        raise UnknownPage
    cases = session.scalars(
        select(Case)
        .where(Case.page_id == page.id, Case.status.in_(WAITING))
        .order_by(Case.start.nulls_last(), Case.id)
        .options(*FOR_ROW)
    ).all()
    revision = latest_revision(session, page)
    blocks = shown_blocks(revision, cases) if revision else []
    return PageView(page, session.get_one(Site, page.site_id), blocks, cases)


@dataclass(frozen=True, slots=True)
class LastEdit:
    """The edits of a page that its last check but one had not seen."""

    since: datetime
    edits: PageEdits


def last_edit(session: Session, page: Page) -> LastEdit | None:
    """Return what changed on the page when it was edited last. None while no edit was seen."""
    revision = latest_revision(session, page)
    if revision is None or revision.text_before is None or revision.seen_before is None:
        return None
    return LastEdit(revision.seen_before, page_edits(revision.text_before, revision.text))


def block_now(session: Session, case: Case) -> ShownBlock | None:
    """The paragraph, heading or caption that has the passage now. None where it is not known."""
    revision = latest_revision(session, case.page)
    return block_around(revision, case) if revision else None


def cases_beside(session: Session, case: Case) -> Sequence[Case]:
    """The page's other cases: those that wait first, and of these the nearest in the text."""
    distance = func.abs(Case.start - (case.start or 0))
    return session.scalars(
        select(Case)
        .where(Case.page_id == case.page_id, Case.id != case.id)
        .order_by(Case.status.in_(WAITING).desc(), distance.nulls_last(), Case.id)
        .limit(50)
        .options(*FOR_ROW)
    ).all()
