import pytest

from moderation.services.triage.place import place
from tests.factories import NOON, EditorFactory, ReportFactory
from tests.support.api import bearer
from tests.support.problems import assert_problem

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин."


@pytest.fixture
def placed(session, site, client, as_editor):
    def send(exact):
        at = TEXT.index(exact)
        report = ReportFactory(site=site, exact=exact, prefix=TEXT[:at], suffix=TEXT[at + len(exact) :])
        place(session, [report.id], NOON)
        session.commit()
        found = client.get("/api/v1/cases", headers=as_editor).get_json()["items"]
        return report, next(
            case for case in found if case["passage"]["exact"] == "расказал" or exact != "расказал"
        )

    return send


def test_merge_and_split(client, as_editor, placed):
    report, _ = placed("расказал")
    other, _ = placed("встрече")
    cases = {
        c["passage"]["exact"]: c for c in client.get("/api/v1/cases", headers=as_editor).get_json()["items"]
    }
    path = f"/api/v1/cases/{cases['встрече']['id']}/merge"
    merged = client.post(path, json={"into": cases["расказал"]["id"]}, headers=as_editor)
    assert merged.get_json()["items"][0]["report_count"] == 2
    path = f"/api/v1/cases/{cases['расказал']['id']}/split"
    both = client.post(path, json={"report_ids": [str(other.id)]}, headers=as_editor).get_json()["items"]
    assert [case["report_count"] for case in both] == [1, 1]
    whole = client.post(path, json={"report_ids": [str(report.id)]}, headers=as_editor)
    assert_problem(whole, 422, pointer="/report_ids", words="at least one", type="cannot-regroup")
    path = f"/api/v1/cases/{cases['расказал']['id']}/merge"
    itself = client.post(path, json={"into": cases["расказал"]["id"]}, headers=as_editor)
    assert_problem(itself, 422, pointer="/into", words="with itself", type="cannot-regroup")


def test_a_viewer_does_neither(client, session, site, placed):
    _, case = placed("расказал")
    viewer = bearer(session, EditorFactory(role="viewer", role__site=site))
    for action, body in (("merge", {"into": case["id"]}), ("split", {"report_ids": [case["id"]]})):
        assert_problem(client.post(f"/api/v1/cases/{case['id']}/{action}", json=body, headers=viewer), 403)


class TestRecheck:
    def test_a_cms_says_that_it_published(self, client, as_editor, placed):
        report, _ = placed("расказал")
        answer = client.post(
            "/api/v1/pages/recheck", json={"url": report.url + "?utm_source=cms"}, headers=as_editor
        )
        assert answer.status_code == 202 and answer.get_json()["page"]

    def test_a_recheck_is_refused_for_an_unknown_page_and_without_rights(
        self, client, session, site, as_editor, placed
    ):
        report, _ = placed("расказал")

        def post(url, headers):
            return client.post("/api/v1/pages/recheck", json={"url": url}, headers=headers)

        assert_problem(post("https://news.example/other", as_editor), 404)
        assert_problem(post("nonsense", as_editor), 422, pointer="/url")
        assert_problem(post(report.url, bearer(session, EditorFactory(role="viewer", role__site=site))), 403)
        assert_problem(post(report.url, bearer(session, EditorFactory())), 404)
        assert_problem(post(report.url, {}), 401)
