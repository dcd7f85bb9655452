"""What workers count and time, from their work to the metrics of a web process."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from moderation.broker import make_redis
from moderation.figures import DELIVERIES, RECHECKS, TRIAGE, SharedFigures, read
from moderation.metrics import render
from moderation.secret_keys import SecretKeys
from moderation.services.outbox.jobs import make_relay
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.run import Rechecker
from tests.factories import CaseFactory, OutboxMessageFactory, PageFactory, ReportFactory, SiteFactory
from tests.support.web import serve

STEPS = {"wait", "load", "find", "group", "assess", "store"}


def utc_now():
    return datetime.now(UTC)


@pytest.fixture
def shown(engine, redis):
    """The samples of the metrics, by name and labels."""

    def show():
        families = text_string_to_metric_families(render(engine, redis).decode())
        return {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
        }

    return show


def test_each_step_of_triage_is_timed_once_per_batch(session, sessions, redis, shown):
    figures, site = SharedFigures(redis), SiteFactory()
    for report in [ReportFactory(site=site) for _ in range(3)]:
        OutboxMessageFactory(subject_id=report.id, site_id=site.id)
    make_relay(sessions, utc_now, figures=figures).drain()
    figures.send()
    samples = shown()
    counted = {
        path[1]: value for path, value in samples.items() if path[0] == "corrigenda_triage_seconds_count"
    }
    assert counted == dict.fromkeys(STEPS, 1)
    assert all(samples["corrigenda_triage_seconds_sum", step] > 0 for step in STEPS)


def test_pages_are_counted_by_outcome(session, sessions, redis, shown):
    figures = SharedFigures(redis)
    with serve() as web:
        web.pages["/there"] = "<p>Он расказал всё.</p>"
        site = SiteFactory(origins=[web.url], operator_origins=[web.url])
        for name in ("there", "gone"):
            page = PageFactory(site=site, url=f"{web.url}/{name}", check_at=utc_now())
            CaseFactory(site=site, page=page, last_reported_at=utc_now())
        fetcher = Fetcher(private=frozenset({web.host}))
        Rechecker(sessions, fetcher, utc_now, SecretKeys("s"), figures=figures).run()
    figures.send()
    samples = shown()
    assert samples["corrigenda_rechecks_total", "read"] == 1
    assert samples["corrigenda_rechecks_total", "not_found"] == 1


def test_the_figures_of_two_workers_are_added(redis):
    for _ in range(2):
        worker = SharedFigures(redis)
        worker.count(DELIVERIES, "webhook", "sent", by=2)
        worker.send()
    assert read(redis) == {(DELIVERIES, "webhook", "sent"): 4}


def test_many_counts_are_one_command_and_nothing_is_sent_without_any(redis):
    now = [0.0]
    worker = SharedFigures(redis, lambda: now[0])
    worker.send()
    assert redis.keys() == []
    worker.count(RECHECKS, "read")  # the first is sent at once
    for _ in range(10):
        worker.count(RECHECKS, "read")
    assert read(redis) == {(RECHECKS, "read"): 1}
    now[0] += 3
    worker.count(RECHECKS, "read")
    assert read(redis) == {(RECHECKS, "read"): 12}


def test_without_redis_nothing_is_lost_and_the_metrics_say_so(settings, engine, redis):
    away = make_redis(replace(settings, redis_url="redis://127.0.0.1:1"))
    worker = SharedFigures(away)
    with worker.timed(TRIAGE, "load"):
        pass
    assert b"corrigenda_redis_up 0.0" in render(engine, away)
    away.connection_pool = redis.connection_pool
    worker.send()
    assert read(redis)[TRIAGE, "load", "count"] == 1
    assert b"corrigenda_redis_up 1.0" in render(engine, away)
