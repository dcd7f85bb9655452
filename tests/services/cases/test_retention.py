"""What retention deletes, and what it keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from moderation.models import Bulk, BulkItem, Case, Decision, Page, Report, Withdrawal
from moderation.services.cases.retention import KEEP_BULKS, run_retention
from moderation.services.sites.add import change_site
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    place_in,
)

OLD = NOON - timedelta(days=31)
YOUNG = NOON - timedelta(days=29)


@pytest.fixture
def site(session):
    made = SiteFactory()
    change_site(session, None, made, keep_days=30)
    return made


def test_what_is_closed_long_enough_goes_with_its_reports_and_pages(session, sessions, site):
    def case(status, decided_at, **more):
        page = PageFactory(site_id=site.id, created_at=OLD)
        made = CaseFactory(
            site=site, page=page, status=status, decided_at=decided_at, last_reported_at=OLD, **more
        )
        place_in(session, ReportFactory(site=site), made)
        return made

    case("fixed", OLD), case("rejected", OLD), case("spam", OLD)
    kept = [case("open", None), case("accepted", OLD), case("fixed", YOUNG)]
    elsewhere = CaseFactory(status="fixed", decided_at=OLD, last_reported_at=OLD)
    assert run_retention(sessions, NOON) == 3
    assert set(session.scalars(select(Case.id))) == {one.id for one in [*kept, elsewhere]}
    assert session.query(Report).count() == 3
    assert session.query(Page).filter_by(site_id=site.id).count() == 3


def test_withdrawn_and_erased_reports_go_after_the_same_days(session, sessions, site):
    def withdrawn(at, erased_at=None, site=site):
        report = ReportFactory(site=site)
        session.add(Withdrawal(report_id=report.id, withdrawn_at=at, erased_at=erased_at))
        session.commit()
        return report.id

    withdrawn(OLD), withdrawn(OLD, erased_at=OLD)
    kept = {withdrawn(YOUNG), withdrawn(OLD, site=SiteFactory()), ReportFactory(site=site).id}
    run_retention(sessions, NOON)
    assert set(session.scalars(select(Report.id))) == kept


def test_a_withdrawn_report_that_still_counts_in_a_case_is_kept(session, sessions, site):
    report = ReportFactory(site=site)
    place_in(session, report, CaseFactory(site=site))
    session.add(Withdrawal(report_id=report.id, withdrawn_at=OLD))
    session.commit()
    run_retention(sessions, NOON)
    assert session.scalar(select(func.count()).select_from(Report)) == 1


def test_an_old_bulk_action_goes_and_its_decisions_stay(session, sessions):
    editor, case = EditorFactory(), CaseFactory(status="rejected")
    old, running, young = (uuid7() for _ in range(3))
    for id, finished_at in ((old, NOON - KEEP_BULKS * 1.1), (running, None), (young, NOON - KEEP_BULKS / 2)):
        session.add(Bulk(id=id, editor_id=editor.id, action="reject", total=1, finished_at=finished_at))
        session.flush()
        session.add(BulkItem(bulk_id=id, case_id=case.id, version=1))
    decision = Decision(
        id=uuid7(), case_id=case.id, action="reject", old_status="open", new_status="rejected", bulk_id=old,
        editor_id=editor.id, decided_at=NOON,
    )  # fmt: skip
    session.add(decision)
    session.commit()
    run_retention(sessions, NOON)
    assert set(session.scalars(select(BulkItem.bulk_id))) == {running, young}
    session.refresh(decision)
    assert decision.bulk_id is None and decision.new_status == "rejected"


def test_without_days_no_case_goes(session, sessions):
    CaseFactory(status="fixed", decided_at=NOON - timedelta(days=9999))
    assert run_retention(sessions, NOON) == 0
