from contextlib import ExitStack
from functools import partial

import psutil
from flask import request
from sqlalchemy import func, select, text

from moderation import create_app
from moderation.models import Report
from moderation.web import deadline
from moderation.web.database_deadline import WEB_ENGINE_OPTIONS
from moderation.web.extensions import INTAKE, db
from tests.support.api import BODY
from tests.support.problems import assert_problem
from tests.support.running import eventually


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


def test_a_report_whose_storing_is_not_answered_may_be_saved(settings, session, site, monkeypatch):
    """PostgreSQL stands still with the statement, and stores the report when it goes on."""
    app = create_app(settings)
    client = app.test_client()
    send = partial(client.post, "/api/v1/reports", json=BODY, headers={"X-Site-Key": site.site_key})
    assert send().status_code == 202
    with app.app_context(), db.engines[INTAKE].connect() as connection:
        server = psutil.Process(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
    monkeypatch.setattr(deadline, "REQUEST_SECONDS", 0.4)
    server.suspend()
    try:
        assert_problem(send(), 503, words="may have been saved. Sending it again does no harm.")
    finally:
        server.resume()
    eventually(lambda: session.scalar(select(func.count()).select_from(Report)) == 2)
