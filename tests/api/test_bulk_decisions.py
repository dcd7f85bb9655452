from sqlalchemy import select
from uuid_utils.compat import uuid7

from moderation.models import Case
from tests.factories import CaseFactory, EditorFactory
from tests.support.api import bearer
from tests.support.problems import assert_problem


def test_each_decision_gets_its_own_result(client, site, as_editor):
    fine, stale, closed = (CaseFactory(site=site, status=status) for status in ("open", "open", "spam"))
    foreign, unknown = CaseFactory(), uuid7()
    body = [
        {"case_id": str(fine.id), "action": "reject", "version": 1, "reason": "так и надо"},
        {"case_id": str(stale.id), "action": "accept", "version": 9},
        {"case_id": str(closed.id), "action": "fix", "version": 1},
        {"case_id": str(foreign.id), "action": "accept", "version": 1},
        {"case_id": str(unknown), "action": "accept", "version": 1},
    ]
    answer = client.post("/api/v1/decisions", json={"decisions": body}, headers=as_editor)
    assert answer.status_code == 200
    results = answer.get_json()["results"]
    assert [one["status"] for one in results] == [200, 409, 422, 404, 404]
    assert results[0]["case"]["status"] == "rejected"
    assert results[1]["case"]["version"] == 1 and results[1]["detail"]
    history = client.get(f"/api/v1/cases/{fine.id}/decisions", headers=as_editor).get_json()["items"]
    assert history[0]["reason"] == "так и надо"


def test_two_hundred_decisions_fit_in_one_call_and_no_more(client, site, as_editor):
    cases = [CaseFactory(site=site) for _ in range(3)]
    body = [
        {"case_id": str(case.id), "action": "accept", "version": 1, "correction": "я" * 900} for case in cases
    ]
    many = body + [body[0] | {"case_id": str(uuid7())}] * 197
    answer = client.post("/api/v1/decisions", json={"decisions": many}, headers=as_editor)
    assert [one["status"] for one in answer.get_json()["results"]] == [200] * 3 + [404] * 197
    over = client.post("/api/v1/decisions", json={"decisions": [*many, body[0]]}, headers=as_editor)
    assert_problem(over, 422, pointer="/decisions")
    assert_problem(client.post("/api/v1/decisions", json={"decisions": []}, headers=as_editor), 422)


def test_a_case_that_another_transaction_holds_does_not_hide_what_was_saved(
    client, site, sessions, as_editor
):
    cases = [CaseFactory(site=site) for _ in range(3)]
    body = [{"case_id": str(case.id), "action": "reject", "version": 1} for case in cases]
    with sessions() as other:
        other.execute(select(Case.id).where(Case.id == cases[1].id).with_for_update())
        answer = client.post("/api/v1/decisions", json={"decisions": body}, headers=as_editor)
    results = answer.get_json()["results"]
    assert [one["status"] for one in results] == [200, 503, 200]
    assert "may have been saved" in results[1]["detail"]


def test_a_viewer_may_decide_none_of_them(client, session, site):
    viewer = bearer(session, EditorFactory(role="viewer", role__site=site))
    body = {"decisions": [{"case_id": str(CaseFactory(site=site).id), "action": "accept", "version": 1}]}
    answer = client.post("/api/v1/decisions", json=body, headers=viewer)
    assert [one["status"] for one in answer.get_json()["results"]] == [403]
