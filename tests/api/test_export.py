import json

from moderation.api.export_examples import FILES
from tests.factories import CaseFactory
from tests.support.problems import assert_problem


def test_cases_are_exported_in_three_formats(client, site, as_editor):
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
    header = client.get("/api/v1/export/cases.csv", headers=as_editor).text.splitlines()[0]
    assert header == FILES["csv"].splitlines()[0]
    assert client.get("/api/v1/export/cases.csv?bom=true", headers=as_editor).data.startswith(b"\xef\xbb\xbf")


def test_unknown_formats_and_filters_are_refused(client, as_editor):
    assert client.get("/api/v1/export/cases.xlsx", headers=as_editor).status_code == 404
    assert_problem(client.get("/api/v1/export/cases.csv?url=x", headers=as_editor), 422, pointer="/url")
    assert_problem(client.get("/api/v1/export/cases.csv"), 401)
