"""Remove the test reports of a site, with the cases that hold nothing else."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from moderation.models import Case, Installation, Page, Placement, Report, Site
from moderation.services.conflicts import repeats_lost
from moderation.services.pages.lock import lock_pages
from moderation.services.triage.withdraw import withdraw

_MOST = 500


@repeats_lost
def remove_tests(session: Session, site: Site, now: datetime) -> int:
    """Delete test reports and test cases, and end the test. Returns the number of reports.

    A test report that shares a case with readers' reports is withdrawn, as its reader could do it.
    """
    tests = select(Report).where(Report.site_id == site.id, Report.is_test).order_by(Report.id).limit(_MOST)
    reports = session.scalars(tests).all()
    lock_pages(session, ((report.site_id, report.url) for report in reports))
    ids = [report.id for report in reports]
    shared = session.scalars(
        select(Placement.report_id).join(Case).where(Placement.report_id.in_(ids), Case.is_test.is_(False))
    ).all()
    cases = select(Placement.case_id).where(Placement.report_id.in_(ids))
    page_urls = {report.url for report in reports}
    session.execute(delete(Case).where(Case.id.in_(cases), Case.is_test))
    session.execute(delete(Report).where(Report.id.in_(set(ids) - set(shared))))
    empty = ~exists().where(Case.page_id == Page.id)
    session.execute(delete(Page).where(Page.site_id == site.id, Page.url.in_(page_urls), empty))
    _note_tested(session, site, now)
    session.commit()
    for report_id in shared:
        withdraw(session, report_id, now)
    return len(reports)


def _note_tested(session: Session, site: Site, now: datetime) -> None:
    installation = session.get(Installation, site.id)
    if installation is None:
        installation = Installation(site_id=site.id, findings=[])
        session.add(installation)
    installation.tested_at = now
    installation.test_reader = installation.test_until = None
