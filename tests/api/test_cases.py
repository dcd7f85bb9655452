import pytest

from tests.factories import CaseFactory, ReportFactory, place_in
from tests.support.problems import assert_problem


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

    def test_the_reports_of_a_case_are_shown_as_readers_sent_them(
        self, client, session, site, case, as_editor
    ):
        report = ReportFactory(site=site, comment="лишняя буква", kind="spelling")
        place_in(session, report, case)
        session.commit()
        [shown] = client.get(f"/api/v1/cases/{case.id}/reports", headers=as_editor).get_json()["items"]
        assert shown["quote"] == {"exact": report.exact, "prefix": report.prefix, "suffix": report.suffix}
        assert (shown["comment"], shown["kind"]) == ("лишняя буква", "spelling")
        assert "reader_hash" not in shown
        wrong = client.get(f"/api/v1/cases/{case.id}/reports?cursor=x", headers=as_editor)
        assert_problem(wrong, 422, pointer="/cursor")
