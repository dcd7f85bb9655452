from flask import request

from tests.support.api import BODY


def test_a_report_runs_no_hook_of_the_desk(app, client, site, monkeypatch):
    seen = []
    hooks = [*app.before_request_funcs[None], lambda: seen.append((request.method, request.path))]
    monkeypatch.setitem(app.before_request_funcs, None, hooks)
    answer = client.post("/api/v1/reports", json=BODY, headers={"X-Site-Key": site.site_key})
    assert answer.status_code == 202
    client.get("/api/v1/reports")
    client.options("/api/v1/reports")
    client.get("/healthz")
    assert seen == [("GET", "/api/v1/reports"), ("OPTIONS", "/api/v1/reports"), ("GET", "/healthz")]
