"""Corrections in the CMS at the desk: in bulk, for a page in one step, and back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.models import CorrectionApply
from tests.factories import CaseFactory, CmsConnectionFactory, CorrectionApplyFactory, SuggestionFactory
from tests.support.desk import post


@pytest.fixture
def connected(session, site):
    """The site, connected to a CMS."""
    CmsConnectionFactory(site=site)
    return site


def queued(session):
    session.expire_all()
    rows = session.scalars(select(CorrectionApply).order_by(CorrectionApply.exact))
    return [(row.exact, row.correction, row.status) for row in rows]


def test_selected_cases_are_accepted_and_applied(session, desk, connected):
    ready, without = CaseFactory(site=connected, exact="котрая"), CaseFactory(site=connected)
    elsewhere = CaseFactory()
    SuggestionFactory(case=ready, text="которая")
    session.commit()
    ticked = [f"{case.id}:1" for case in (ready, without, elsewhere)]
    answer = post(desk, "/desk/bulk", action="apply", case=ticked)
    assert "Applying 1 correction…" in desk.get(answer.location).text
    assert queued(session) == [("котрая", "которая", "queued")]
    assert (ready.status, without.status, elsewhere.status) == ("accepted", "open", "open")


def test_all_accepted_corrections_of_a_page_are_applied_in_one_step(session, desk, connected):
    first = CaseFactory(site=connected, exact="котрая", status="accepted", correction="которая")
    CaseFactory(site=connected, page=first.page, exact="расказал", status="accepted", correction="рассказал")
    CaseFactory(site=connected, page=first.page, exact="открытая")
    shown = desk.get(f"/desk/pages/{first.page_id}").text
    assert f"/desk/pages/{first.page_id}/apply" in shown
    answer = post(desk, f"/desk/pages/{first.page_id}/apply")
    assert "Applying 2 corrections…" in desk.get(answer.location).text
    assert [row[0] for row in queued(session)] == ["котрая", "расказал"]


@pytest.mark.parametrize(("days", "offered"), [(29, True), (31, False)])
def test_a_correction_is_offered_to_be_reverted_for_thirty_days(session, desk, connected, days, offered):
    case = CaseFactory(site=connected, exact="котрая", status="fixed", correction="которая")
    done = datetime.now(UTC) - timedelta(days=days)
    CorrectionApplyFactory(
        case=case, status="applied", source_before="котрая", source_after="которая", done_at=done
    )
    path = f"/desk/cases/{case.id}/revert"
    assert (path in desk.get(f"/desk/cases/{case.id}").text) is offered
    assert post(desk, path).status_code == (302 if offered else 409)
    assert len(queued(session)) == (2 if offered else 1)
