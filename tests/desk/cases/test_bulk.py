"""Steps for many cases at once, from the queue."""

import re

import pytest
from sqlalchemy import select

from moderation.models import Bulk
from tests.factories import (
    CaseFactory,
    SuggestionFactory,
)
from tests.support.desk import post


def test_selected_ones_and_back(session, desk, site):
    cases = [CaseFactory(site=site) for _ in range(3)]
    ticked = [f"{case.id}:{case.version}" for case in cases[:2]] + [f"{cases[2].id}:9"]
    answer = post(desk, "/desk/bulk?kind=", action="reject", case=ticked)
    page = desk.get(answer.location).text
    assert "2 cases rejected" in page and "1 case was skipped." in page and "Undo all" in page
    made = session.scalars(select(Bulk)).one()
    shown = desk.get(post(desk, f"/desk/bulk/{made.id}/undo").location).text
    assert "Reopen: 2 / 2" in shown
    assert post(desk, f"/desk/bulk/{made.id}/undo").status_code == 409


@pytest.mark.parametrize("form", [{"case": []}, {"action": "delete"}])
def test_a_bulk_step_without_cases_says_that_none_is_selected(desk, case, form):
    answer = post(desk, "/desk/bulk", **({"action": "reject", "case": f"{case.id}:1"} | form))
    assert "No cases selected" in desk.get(answer.location).text


def test_a_case_that_is_none(desk):
    assert post(desk, "/desk/bulk", action="reject", case="x:1").status_code == 422


def test_all_that_match_after_a_look_at_their_number(desk, site):
    for _ in range(3):
        CaseFactory(site=site, kind="fact")
    CaseFactory(site=site)
    page = desk.get("/desk/bulk/matching?kind=fact").text
    assert "3 matching cases" in page and "Reject (3)" in page
    stale = post(desk, "/desk/bulk/matching?kind=fact", action="reject", confirmed="2")
    assert stale.status_code == 409 and "3 matching cases" in stale.text
    assert post(desk, "/desk/bulk/matching?kind=fact", action="reject").status_code == 422
    answer = post(desk, "/desk/bulk/matching?kind=fact", action="reject", confirmed="3", reason="так и надо")
    assert "Reject: 3 / 3" in desk.get(answer.location).text


def test_accepting_all_skips_the_cases_without_a_suggestion(session, desk, site):
    with_one, without = CaseFactory(site=site), CaseFactory(site=site)
    SuggestionFactory(case=with_one, text="рассказал", source="reader", votes=1)
    session.commit()
    queue = desk.get("/desk/queue").text
    assert re.search(r'Select all <span data-matching="open">2</span> matching', queue)
    page = desk.get("/desk/bulk/matching").text
    assert "Accept (1)" in page and "Reject (2)" in page and "1 case has no suggestion" in page
    post(desk, "/desk/bulk/matching", action="accept", confirmed="2", ready="1")
    session.expire_all()
    assert (with_one.status, without.status) == ("accepted", "open")


def test_selected_ones_without_a_suggestion_are_skipped_by_accept(session, desk, site):
    ready, bare = CaseFactory(site=site), CaseFactory(site=site)
    SuggestionFactory(case=ready, text="рассказал", source="reader", votes=1)
    session.commit()
    answer = post(
        desk, "/desk/bulk", action="accept", case=[f"{case.id}:{case.version}" for case in (ready, bare)]
    )
    page = desk.get(answer.location).text
    assert "1 case accepted" in page and "1 case was skipped." in page
    session.refresh(bare)
    assert bare.status == "open"
