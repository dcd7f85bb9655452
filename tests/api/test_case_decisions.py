"""Decisions over the API."""

import pytest

from tests.factories import EditorFactory
from tests.support.api import bearer
from tests.support.problems import assert_problem


def decide(client, case, headers, **step):
    return client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=headers)


class TestDecide:
    def test_a_decision_and_its_history(self, client, case, as_editor):
        answer = decide(
            client, case, as_editor, action="accept", version=1, correction="рассказал", note="да"
        )
        assert answer.status_code == 200
        assert (answer.get_json()["status"], answer.get_json()["version"]) == ("accepted", 2)
        [step] = client.get(f"/api/v1/cases/{case.id}/decisions", headers=as_editor).get_json()["items"]
        assert (step["action"], step["old_status"], step["new_status"]) == ("accept", "open", "accepted")
        assert (step["correction"], step["note"]) == ("рассказал", "да")
        assert "@news.example" in step["editor"]

    def test_a_decision_on_a_stale_version_answers_with_the_current_case(self, client, case, as_editor):
        decide(client, case, as_editor, action="reject", version=1)
        answer = decide(client, case, as_editor, action="accept", version=1)
        assert_problem(answer, 409, type="stale-version")
        assert answer.get_json()["case"]["status"] == "rejected"

    def test_a_step_that_the_status_does_not_allow_is_refused(self, client, case, as_editor):
        answer = decide(client, case, as_editor, action="reopen", version=1)
        assert_problem(answer, 422, pointer="/action", words="open does not allow reopen")

    def test_a_case_without_reports_says_so(self, client, session, case, as_editor):
        decide(client, case, as_editor, action="fix", version=1)
        case.report_count = 0
        session.commit()
        answer = decide(client, case, as_editor, action="reopen", version=2)
        assert_problem(answer, 422, pointer="/action", words="reports are gone")

    @pytest.mark.parametrize("action", ["reject", "spam"])
    def test_a_correction_with_an_action_that_carries_none(self, client, case, as_editor, action):
        answer = decide(client, case, as_editor, action=action, version=1, correction="рассказал")
        assert_problem(answer, 422, pointer="/correction")

    @pytest.mark.parametrize(
        ("step", "pointer"),
        [
            ({"action": "accept"}, "/version"),
            ({"version": 1}, "/action"),
            ({"action": "delete", "version": 1}, "/action"),
            ({"action": "accept", "version": 0}, "/version"),
            ({"action": "accept", "version": 1, "correction": "я" * 1001}, "/correction"),
            ({"action": "accept", "version": 1, "note": "я" * 2001}, "/note"),
            ({"action": "accept", "version": 1, "by": "me"}, "/by"),
        ],
    )
    def test_a_wrong_shape(self, client, case, as_editor, step, pointer):
        assert_problem(decide(client, case, as_editor, **step), 422, pointer=pointer)

    def test_a_viewer_decides_nothing(self, client, session, site, case):
        viewer = bearer(session, EditorFactory(role="viewer", role__site=site))
        assert_problem(decide(client, case, viewer, action="accept", version=1), 403, type="role")
