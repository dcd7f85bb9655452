"""Prometheus metrics: counters of the web processes, the state of the queues, and the workers' figures."""

import os
from collections.abc import Iterator, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from moderation.figures import DELIVERIES, RECHECKS, TRIAGE, read
from moderation.services.instance.backup.scheduled import last_backup
from moderation.services.outbox.attention import queue_state
from moderation.services.outbox.lanes import Lane, lanes
from moderation.services.recheck.due import due_state
from moderation.version import VERSION

REPORTS = Counter("corrigenda_reports_total", "Answers to POST /api/v1/reports", ["status"])
REQUESTS = Histogram(
    "corrigenda_request_seconds",
    "Time that a request took",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
_BUILD = Gauge("corrigenda_build", "Always 1; the label is the version", ["version"], multiprocess_mode="max")
_BUILD.labels(VERSION).set(1)


class QueueCollector(Collector):
    """Age and length of the outbox and of the recheck queue. Reports nothing if the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the figures with one short query each."""
        try:
            with Session(self._engine) as session:
                outbox, rechecks, all_lanes = queue_state(session), due_state(session), lanes(session)
                backed_up = last_backup(session)
        except SQLAlchemyError:
            yield GaugeMetricFamily("corrigenda_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("corrigenda_database_up", "Whether the database answers", 1)
        for name, text, value in (
            ("outbox_waiting", "Messages that are left to do", outbox.waiting),
            ("outbox_oldest_seconds", "Time since the oldest message was due", outbox.oldest_seconds),
            ("outbox_set_aside", "Messages that need attention: they failed too often", outbox.set_aside),
            ("recheck_due", "Pages that are due to be read", rechecks.due),
            ("recheck_oldest_seconds", "Time since the oldest page was due", rechecks.oldest_seconds),
        ):
            yield GaugeMetricFamily(f"corrigenda_{name}", text, value)
        yield from _by_lane(all_lanes)
        if backed_up is not None:
            text = "Time of the last scheduled backup"
            yield GaugeMetricFamily("corrigenda_backup_timestamp_seconds", text, backed_up.timestamp())


def _by_lane(all_lanes: Sequence[Lane]) -> Iterator[GaugeMetricFamily]:
    for name, text in (
        ("waiting", "Work that is left to do, by kind"),
        ("oldest_seconds", "Time since the oldest work was due, by kind"),
        ("set_aside", "Work that failed too often, by kind"),
    ):
        family = GaugeMetricFamily(f"corrigenda_lane_{name}", text, labels=["lane"])
        for lane in all_lanes:
            family.add_metric([lane.name], getattr(lane, name))
        yield family


class WorkCollector(Collector):
    """Collects the figures of all workers from Redis. Reports nothing if Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def collect(self) -> Iterator[Metric]:
        """Read all figures with one command."""
        up = "Whether Redis answers"
        try:
            figures = read(self._redis)
        except RedisError:
            yield GaugeMetricFamily("corrigenda_redis_up", up, 0)
            return
        yield GaugeMetricFamily("corrigenda_redis_up", up, 1)
        yield _times(figures)
        for name, text, labels in (
            (RECHECKS, "Pages that were read, or the reasons why not", ["outcome"]),
            (DELIVERIES, "Attempts to tell subscribers of events", ["kind", "result"]),
        ):
            family = CounterMetricFamily(f"corrigenda_{name}", text, labels=labels)
            for path, value in figures.items():
                if path[0] == name:
                    family.add_metric(path[1:], value)
            yield family


def _times(figures: Mapping[tuple[str, ...], float]) -> Metric:
    text = "Time that the steps of triage took, each for a batch of reports"
    family = SummaryMetricFamily("corrigenda_triage_seconds", text, labels=["step"])
    for path, value in figures.items():
        if path[0] == TRIAGE and path[-1] == "count":
            family.add_metric([path[1]], int(value), figures.get((*path[:-1], "seconds"), 0.0))
    return family


def render(engine: Engine, redis: Redis) -> bytes:
    """Render all figures in Prometheus' text format, summed over the web processes that share a directory."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REPORTS)
        registry.register(REQUESTS)
        registry.register(_BUILD)
    registry.register(QueueCollector(engine))
    registry.register(WorkCollector(redis))
    return generate_latest(registry)
