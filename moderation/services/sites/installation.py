"""Lead an admin through the installation: ask for a check of a page, and try the widget with test reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.domain.sites.install_check import Finding, Problem, works
from moderation.domain.sites.urls import allows, canonical_url, origin_of
from moderation.models import Installation, Report, Site


class ForeignDomain(ValueError):
    """The page is not on a domain of the site. The text is its origin."""


TEST_FOR = timedelta(minutes=30)
"""For this time the reports of the admin's network are tests."""
PATIENCE = timedelta(minutes=2)
"""A check that took no worker for so long is shown as not done: the worker does not run."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an installation. The checklist shows one step for each field."""

    installation: Installation
    findings: Sequence[Finding]
    is_waiting: bool
    """A check is asked for and not done yet."""
    is_late: bool
    """No worker took the check."""
    works: bool
    """The last check found nothing that keeps the widget from working, or the widget was seen alive."""
    is_testing: bool
    is_tested: bool
    tests: int
    """Test reports that are stored."""

    @property
    def is_done(self) -> bool:
        """True when every step is done."""
        return self.works and self.is_tested


def progress_of(session: Session, site: Site, now: datetime, *, is_alive: bool = False) -> Progress:
    """Return how far the installation is. `is_alive`: the widget was used on the site's pages."""
    row = session.get(Installation, site.id) or Installation(site_id=site.id, findings=[])
    tests = len(session.scalars(select(Report.id).where(Report.site_id == site.id, Report.is_test)).all())
    findings = [Finding(cast(Problem, problem), detail) for problem, detail in row.findings]
    is_read = row.checked_at is not None and row.unread_reason is None
    waited = now - row.requested_at if row.requested_at else timedelta()
    return Progress(
        installation=row,
        findings=findings,
        is_waiting=row.requested_at is not None,
        is_late=waited > PATIENCE,
        works=is_alive or (is_read and works(findings)),
        is_testing=row.test_until is not None and row.test_until > now,
        is_tested=row.tested_at is not None or tests > 0,
        tests=tests,
    )


def unfinished(session: Session, site_ids: Sequence[UUID]) -> set[UUID]:
    """Return the sites whose installation was not seen to work: no check, no report, not hidden."""
    is_over = (
        Installation.works_since.is_not(None)
        | Installation.tested_at.is_not(None)
        | Installation.hidden_at.is_not(None)
    )
    done = exists().where(Installation.site_id == Site.id, is_over)
    reported = exists().where(Report.site_id == Site.id)
    return set(session.scalars(select(Site.id).where(Site.id.in_(site_ids), ~done, ~reported)))


def ask_check(session: Session, site: Site, url: str, now: datetime) -> None:
    """Have the worker check a page of the site. Raises InvalidUrl, ForeignDomain."""
    text = url.strip()
    page = text if "://" in text else f"https://{text}"
    canonical_url(page)
    if not allows(tuple(site.origins), origin_of(page)):
        raise ForeignDomain(origin_of(page))
    row = _row(session, site)
    if row.page_url != page:
        row.checked_at, row.unread_reason, row.findings = None, None, []
    row.page_url, row.requested_at = page, now
    session.commit()


def first_page(site: Site) -> str:
    """Return the address that a check is suggested for: the first domain without a wildcard, or nothing."""
    return next((f"{origin}/" for origin in site.origins if "*" not in origin), "")


def start_test(session: Session, site: Site, reader_hash: bytes, now: datetime) -> None:
    """Let the reports of a reader be tests for a while."""
    row = _row(session, site)
    row.test_reader, row.test_until = reader_hash, now + TEST_FOR
    session.commit()


def end_test(session: Session, site: Site) -> None:
    """Let reports count again."""
    row = _row(session, site)
    row.test_reader = row.test_until = None
    session.commit()


def hide_checklist(session: Session, site: Site, now: datetime | None) -> None:
    """Hide the checklist, or show it again (None)."""
    _row(session, site).hidden_at = now
    session.commit()


def _row(session: Session, site: Site) -> Installation:
    row = session.get(Installation, site.id)
    if row is None:
        row = Installation(site_id=site.id, findings=[])
        session.add(row)
    return row
