"""For machines that watch: alive, ready, figures."""

import os

from flask import Blueprint, Flask, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    generate_latest,
    multiprocess,
)
from sqlalchemy.exc import DBAPIError

from moderation.services.instance.migrate import is_current
from moderation.version import VERSION
from moderation.web.extensions import db

blueprint = Blueprint("health", __name__)

_BUILD = Gauge("corrigenda_build", "Always 1; the label is the version", ["version"], multiprocess_mode="max")
_BUILD.labels(VERSION).set(1)
REPORTS = Counter("corrigenda_reports_total", "Answers to POST /api/v1/reports", ["status"])


def register(app: Flask) -> None:
    """Add the three pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive", "version": VERSION}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """The database answers and every migration has run."""
    try:
        current = is_current(db.engine)
    except DBAPIError:
        return {"status": "the database does not answer"}, 503
    return ({"status": "ready"}, 200) if current else ({"status": "migrations are missing"}, 503)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format, summed over the web processes when they share a directory."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REPORTS)
        registry.register(_BUILD)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
