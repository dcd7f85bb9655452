"""Many decisions in one call, figures, files, and what a token may."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from moderation.services.accounts.tokens import add_token
from moderation.services.insight.tally import tally_due
from tests.api.conftest import bearer
from tests.factories import CaseFactory, EditorFactory, ReportFactory
from tests.support.problems import assert_problem


class TestDecisions:
    def test_each_as_it_can(self, client, session, site, as_editor):
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
        assert results[1]["case"]["version"] == 1 and "try again" in results[1]["detail"]
        history = client.get(f"/api/v1/cases/{fine.id}/decisions", headers=as_editor).get_json()["items"]
        assert history[0]["reason"] == "так и надо"

    def test_two_hundred_and_no_more(self, client, session, site, as_editor):
        cases = [CaseFactory(site=site) for _ in range(3)]
        body = [
            {"case_id": str(case.id), "action": "accept", "version": 1, "correction": "я" * 900}
            for case in cases
        ]
        many = body + [body[0] | {"case_id": str(uuid7())}] * 197
        answer = client.post("/api/v1/decisions", json={"decisions": many}, headers=as_editor)
        assert [one["status"] for one in answer.get_json()["results"]] == [200] * 3 + [404] * 197
        over = client.post("/api/v1/decisions", json={"decisions": [*many, body[0]]}, headers=as_editor)
        assert_problem(over, 422, pointer="/decisions")
        assert_problem(client.post("/api/v1/decisions", json={"decisions": []}, headers=as_editor), 422)

    def test_a_viewer_decides_nothing(self, client, session, site):
        viewer = bearer(session, EditorFactory(role="viewer", role__site=site))
        body = {"decisions": [{"case_id": str(CaseFactory(site=site).id), "action": "accept", "version": 1}]}
        answer = client.post("/api/v1/decisions", json=body, headers=viewer)
        assert [one["status"] for one in answer.get_json()["results"]] == [403]


class TestStats:
    def test_figures_of_the_last_month(self, client, session, sessions, site, as_editor):
        ReportFactory(site=site, created_at=datetime.now(UTC))
        tally_due(sessions, datetime.now(UTC))
        found = client.get(f"/api/v1/stats?site={site.id}", headers=as_editor).get_json()
        assert found["reports"] == 1 and len(found["days"]) == 30
        assert found["days"][-1]["reports"] == 1 and found["to"] == found["days"][-1]["day"]
        assert found["pages"] == [{"name": "https://news.example/a", "count": 1}]

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ("from=2026-02-01&to=2026-01-01", "/from"),
            ("to=0001-01-01", "/from"),
            ("from=yesterday", "/from"),
            ("site=x", "/site"),
        ],
    )
    def test_a_period_that_is_none(self, client, as_editor, query, pointer):
        assert_problem(client.get(f"/api/v1/stats?{query}", headers=as_editor), 422, pointer=pointer)


class TestExport:
    def test_three_formats(self, client, site, as_editor):
        case = CaseFactory(site=site)
        for format_, type_ in (
            ("csv", "text/csv"),
            ("jsonl", "application/jsonl"),
            ("jsonld", "application/ld+json"),
        ):
            answer = client.get(f"/api/v1/export/cases.{format_}", headers=as_editor)
            assert answer.mimetype == type_ and str(case.id) in answer.text
            assert answer.headers["Content-Disposition"] == f'attachment; filename="cases.{format_}"'
        lines = client.get("/api/v1/export/cases.jsonl?status=open", headers=as_editor).text.splitlines()
        assert json.loads(lines[0])["passage"]["exact"] == "расказал"
        assert client.get("/api/v1/export/cases.csv?status=spam", headers=as_editor).text.count("\n") == 1
        assert client.get("/api/v1/export/cases.csv?bom=true", headers=as_editor).data.startswith(
            b"\xef\xbb\xbf"
        )

    def test_refusals(self, client, as_editor):
        assert client.get("/api/v1/export/cases.xlsx", headers=as_editor).status_code == 404
        assert_problem(client.get("/api/v1/export/cases.csv?url=x", headers=as_editor), 422, pointer="/url")
        assert_problem(client.get("/api/v1/export/cases.csv"), 401)


class TestTokens:
    def test_a_token_does_what_its_scopes_say(self, client, session, site):
        editor = EditorFactory(role="editor", role__site=site)
        reads = {"Authorization": "Bearer " + add_token(session, editor, "reads", scopes=["read"])}
        decides = {"Authorization": "Bearer " + add_token(session, editor, "decides", scopes=["decide"])}
        case = CaseFactory(site=site)
        step = {"action": "accept", "version": 1}
        assert client.get(f"/api/v1/cases/{case.id}", headers=reads).status_code == 200
        assert_problem(client.get(f"/api/v1/cases/{case.id}", headers=decides), 403, words="may not read")
        refused = client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=reads)
        assert_problem(refused, 403, words="may not decide")
        assert (
            client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=decides).status_code == 200
        )

    def test_an_expired_token_opens_nothing(self, client, session, site):
        editor = EditorFactory(role="editor", role__site=site)
        token = add_token(session, editor, "old", expires_at=datetime.now(UTC) - timedelta(seconds=1))
        assert_problem(client.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"}), 401)
