"""Traces at a collector: one way from a report to its webhook, and nothing about its reader."""

import random
import subprocess
import sys

import pytest
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from moderation import create_app
from moderation.otel.export import make_provider
from moderation.otel.jobs import WorkerTracing
from moderation.services.notify.mail import Mailer
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.webhook_secrets import set_secret
from moderation.services.outbox.dispatch import Dispatcher
from moderation.services.outbox.jobs import make_relay
from moderation.services.outbox.kinds import make_kinds
from moderation.services.outbox.sender import Sender
from moderation.services.pages.outbound import Outbound
from moderation.tracing import wants_traces
from tests.factories import SiteFactory, SubscriberFactory
from tests.support.api import BODY
from tests.support.collector import attributes, collect
from tests.support.outbox import utc_now
from tests.support.receivers import receive
from tests.support.running import eventually


@pytest.fixture
def collector(monkeypatch):
    with collect() as running:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "20")
        yield running


@pytest.fixture
def web(collector, settings, session, redis):
    """A client of an application that traces."""
    app = create_app(settings)
    yield app.test_client()
    app.extensions["traces"].shutdown()
    SQLAlchemyInstrumentor().uninstrument()


@pytest.fixture
def work(collector, settings, sessions):
    """Does what a worker does with the outbox, and delivers."""
    provider = make_provider("worker")

    def run(hosts):
        tracing, outbound = WorkerTracing(provider), Outbound(frozenset(hosts))
        mailer = Mailer("", "desk@news.example", "https://desk.example", settings.secret_keys)
        kinds = make_kinds(outbound, mailer, make_bot_api(outbound, "https://api.invalid"), sessions)
        make_relay(sessions, utc_now, tracing=tracing).drain()
        Dispatcher(Sender(sessions, kinds, utc_now, random.random, tracing=tracing)).run()

    yield run
    provider.shutdown()


@pytest.fixture
def receiver(session, settings):
    """A site's webhook, and the site."""
    with receive() as running:
        running.site = SiteFactory(origins=["https://news.example"])
        running.hook = SubscriberFactory(
            site=running.site, hears=["case.opened"], settings={"url": running.url}, is_operators=True
        )
        set_secret(settings.secret_keys, running.hook)
        session.commit()
        yield running


def test_one_trace_leads_from_a_report_to_its_webhook(collector, web, work, receiver):
    stranger = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "baggage": "reader=anna"}
    sent = web.post("/api/v1/reports", json=BODY, headers={"X-Site-Key": receiver.site.site_key, **stranger})
    assert sent.status_code == 202
    work([receiver.host])

    names = ("POST /api/v1/reports", "job report.received", "deliver webhook")
    request, job, delivery = [eventually(lambda name=name: collector.named(name))[0] for name in names]
    assert request.trace_id == job.trace_id == delivery.trace_id != bytes.fromhex("a" * 32)
    assert (job.parent_span_id, delivery.parent_span_id) == (request.span_id, job.span_id)
    inserts = [span for span in collector.spans if span.name.startswith("WITH")]
    assert request.span_id in {span.parent_span_id for span in inserts}

    [(headers, _)] = receiver.got
    assert headers["traceparent"].startswith(f"00-{request.trace_id.hex()}-{delivery.span_id.hex()}-")
    request_id = sent.headers["X-Request-Id"]
    assert headers["x-request-id"] == request_id
    assert {attributes(span)["corrigenda.request_id"] for span in (request, job, delivery)} == {request_id}

    assert {span.trace_id for span in collector.spans} == {request.trace_id}, "no sweep makes a trace"
    token = sent.get_json()["receipt"]["token"]
    private = (
        *BODY["quote"].values(),
        BODY["comment"],
        BODY["correction"],
        token,
        "127.0.0.1",
        "anna",
        "utm_",
    )
    assert [text for text in private if any(text.encode() in body for body in collector.bodies)] == []


def test_a_refused_report_is_one_request_in_one_trace(collector, web, receiver):
    refused = web.post("/api/v1/reports", json={}, headers={"X-Site-Key": receiver.site.site_key})
    assert refused.status_code == 422
    spans = eventually(lambda: found if len(found := collector.named("POST /api/v1/reports")) > 1 else None)
    assert len({span.trace_id for span in spans}) == 1
    assert [span.kind for span in spans].count(Span.SPAN_KIND_SERVER) == 1
    assert {attributes(span)["corrigenda.request_id"] for span in spans} == {refused.headers["X-Request-Id"]}


@pytest.mark.parametrize("path", ["/r/a-secret-token?from=mail", "/no-such-page/a-secret-token"])
def test_the_span_of_a_page_has_neither_its_path_nor_its_query(collector, web, path):
    web.get(path)
    [span] = eventually(lambda: [span for span in collector.spans if span.name.startswith("GET")])
    assert span.name in ("GET /r/<token>", "GET")
    assert not any(b"a-secret-token" in body or b"from=mail" in body for body in collector.bodies)


def test_without_a_collector_no_exporter_and_no_instrumentation_is_imported():
    script = (
        "import sys, moderation.application, worker.tasks; from moderation.tracing import wants_traces; "
        "assert not wants_traces({}); loaded = ' '.join(sys.modules); "
        "assert 'moderation.otel' not in loaded and 'opentelemetry.exporter' not in loaded"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


@pytest.mark.parametrize("more", [{"OTEL_SDK_DISABLED": "true"}, {"OTEL_TRACES_EXPORTER": "none"}])
def test_the_usual_variables_turn_them_off(more):
    endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.example:4318"}
    assert wants_traces(endpoint)
    assert not wants_traces(endpoint | more)
