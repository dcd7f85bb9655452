"""What retention deletes, and what it keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation.models import BulkItem, Case, Page, Report
from moderation.services.cases.retention import KEEP_BULKS, run_retention
from moderation.services.sites.add import change_site
from tests.factories import (
    NOON,
    BulkItemFactory,
    CaseFactory,
    DecisionFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    WithdrawalFactory,
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
        page = PageFactory(site=site, created_at=OLD)
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
        WithdrawalFactory(report=report, withdrawn_at=at, erased_at=erased_at)
        return report.id

    withdrawn(OLD), withdrawn(OLD, erased_at=OLD)
    kept = {withdrawn(YOUNG), withdrawn(OLD, site=SiteFactory()), ReportFactory(site=site).id}
    run_retention(sessions, NOON)
    assert set(session.scalars(select(Report.id))) == kept


def test_a_withdrawn_report_that_still_counts_in_a_case_is_kept(session, sessions, site):
    report = ReportFactory(site=site)
    place_in(session, report, CaseFactory(site=site))
    WithdrawalFactory(report=report, withdrawn_at=OLD)
    run_retention(sessions, NOON)
    assert session.scalar(select(func.count()).select_from(Report)) == 1


def test_an_old_bulk_action_goes_and_its_decisions_stay(session, sessions):
    finished = (NOON - KEEP_BULKS * 1.1, None, NOON - KEEP_BULKS / 2)
    old, running, young = (BulkItemFactory(bulk__finished_at=at).bulk_id for at in finished)
    decision = DecisionFactory(bulk_id=old)
    run_retention(sessions, NOON)
    assert set(session.scalars(select(BulkItem.bulk_id))) == {running, young}
    session.refresh(decision)
    assert decision.bulk_id is None and decision.new_status == "rejected"


def test_without_days_no_case_goes(session, sessions):
    CaseFactory(status="fixed", decided_at=NOON - timedelta(days=9999))
    assert run_retention(sessions, NOON) == 0
