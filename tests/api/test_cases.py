import pytest
from uuid_utils.compat import uuid7

from tests.factories import CaseFactory, EditorFactory, ReportFactory, SiteFactory, place_in
from tests.support.api import bearer
from tests.support.problems import assert_problem


def decide(client, case, headers, **step):
    return client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=headers)


class TestRead:
    def test_the_shape_of_a_case(self, client, case, as_editor):
        shown = client.get(f"/api/v1/cases/{case.id}", headers=as_editor).get_json()
        assert shown == {
            "id": str(case.id),
            "site": str(case.site_id),
            "status": "open",
            "version": 1,
            "lang": None,
            "report_count": 1,
            "reader_count": 1,
            "first_reported_at": "2026-06-14T12:00:00Z",
            "last_reported_at": "2026-06-14T12:00:00Z",
            "spam_score": 0.0,
            "page": {
                "id": str(case.page.id), "url": case.page.url, "title": "Набережную откроют",
                "fetch_state": "never", "unread_reason": None, "fetched_at": None,
                "authors": [], "section": None,
            },
            "correction": None,
            "passage": {
                "exact": "расказал", "prefix": "О новых сроках ", "suffix": " на встрече",
                "start": None, "end": None, "state": "unchecked", "zone": None,
            },
            "suggestions": [],
            "other_corrections": 0,
            "merged_into": None,
        }  # fmt: skip

    def test_the_list_pages(self, client, site, as_editor):
        made = [str(CaseFactory(site=site).id) for _ in range(3)]
        first = client.get("/api/v1/cases?limit=2", headers=as_editor).get_json()
        second = client.get(f"/api/v1/cases?limit=2&cursor={first['next']}", headers=as_editor).get_json()
        assert [case["id"] for case in first["items"] + second["items"]] == made[::-1]
        assert second["next"] is None

    def test_empty_parameters_are_none(self, client, case, as_editor):
        found = client.get("/api/v1/cases?site=&status=&url=&q=&sort=&cursor=&limit=", headers=as_editor)
        assert len(found.get_json()["items"]) == 1

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ("status=shut", "/status"),
            ("sort=best", "/sort"),
            ("limit=0", "/limit"),
            ("limit=201", "/limit"),
            ("limit=x", "/limit"),
            ("site=x", "/site"),
            ("cursor=x", "/cursor"),
            ("url=x", "/url"),
            ("page=2", "/page"),
            ("q=a&q=b", "/q"),
            ("suggestion=null", "/suggestion"),
        ],
    )
    def test_a_wrong_query_says_where(self, client, as_editor, query, pointer):
        assert_problem(client.get(f"/api/v1/cases?{query}", headers=as_editor), 422, pointer=pointer)

    def test_what_no_database_holds_is_refused(self, client, as_editor):
        assert_problem(client.get("/api/v1/cases?q=%00", headers=as_editor), 422, words="U+0000")

    def test_reports(self, client, session, site, case, as_editor):
        report = ReportFactory(site=site, comment="лишняя буква", kind="spelling")
        place_in(session, report, case)
        session.commit()
        [shown] = client.get(f"/api/v1/cases/{case.id}/reports", headers=as_editor).get_json()["items"]
        assert shown["quote"] == {"exact": report.exact, "prefix": report.prefix, "suffix": report.suffix}
        assert (shown["comment"], shown["kind"]) == ("лишняя буква", "spelling")
        assert "reader_hash" not in shown
        wrong = client.get(f"/api/v1/cases/{case.id}/reports?cursor=x", headers=as_editor)
        assert_problem(wrong, 422, pointer="/cursor")


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

    def test_stale(self, client, case, as_editor):
        decide(client, case, as_editor, action="reject", version=1)
        answer = decide(client, case, as_editor, action="accept", version=1)
        assert_problem(answer, 409, type="stale-version")
        assert answer.get_json()["case"]["status"] == "rejected"

    def test_not_allowed(self, client, case, as_editor):
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

    def test_a_viewer(self, client, session, site, case):
        viewer = bearer(session, EditorFactory(role="viewer", role__site=site))
        assert_problem(decide(client, case, viewer, action="accept", version=1), 403, type="role")


class TestStrangers:
    @pytest.mark.parametrize("path", ["", "/reports", "/decisions"])
    def test_foreign_and_unknown_look_alike(self, client, session, case, path):
        stranger = bearer(session, EditorFactory(role="admin", role__site=SiteFactory()))
        foreign = client.get(f"/api/v1/cases/{case.id}{path}", headers=stranger)
        unknown = client.get(f"/api/v1/cases/{uuid7()}{path}", headers=stranger)
        assert_problem(foreign, 404)
        assert foreign.get_json() == unknown.get_json()

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Bearer cgt_x", "Basic eDp5", "cgt_x"])
    def test_without_a_token(self, client, case, header):
        response = client.get("/api/v1/cases", headers={"Authorization": header} if header else {})
        assert_problem(response, 401, words="Bearer")
        assert response.headers["WWW-Authenticate"] == "Bearer"
