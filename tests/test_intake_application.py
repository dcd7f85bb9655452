from contextlib import ExitStack
from functools import partial

from flask import request

from moderation.web.database_deadline import WEB_ENGINE_OPTIONS
from moderation.web.extensions import db
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


def test_a_report_is_stored_while_the_desk_has_all_its_connections(app, client, site):
    send = partial(client.post, "/api/v1/reports", json=BODY, headers={"X-Site-Key": site.site_key})
    send()  # afterwards the site is known
    with ExitStack() as held:
        with app.app_context():
            most = WEB_ENGINE_OPTIONS["pool_size"] + WEB_ENGINE_OPTIONS["max_overflow"]
            for _ in range(most):
                held.enter_context(db.engine.connect())
        assert client.get("/readyz").status_code == 503
        assert send().status_code == 202
