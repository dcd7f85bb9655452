"""For machines that watch: alive, ready, figures."""

from flask import Blueprint, Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError

from moderation.metrics import render
from moderation.services.instance.migrate import is_current
from moderation.version import VERSION
from moderation.web.extensions import db

blueprint = Blueprint("health", __name__)


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
    """Figures in Prometheus' text format."""
    return Response(render(db.engine), content_type=CONTENT_TYPE_LATEST)
