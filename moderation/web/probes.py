"""Liveness and readiness."""

from flask import Blueprint, Flask
from sqlalchemy.exc import DBAPIError

from moderation.services.instance.migrate import is_current
from moderation.version import VERSION
from moderation.web.extensions import db

blueprint = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Add /healthz and /readyz."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """Report that the process is alive."""
    return {"status": "alive", "version": VERSION}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """Report whether the database answers and all migrations have run."""
    try:
        current = is_current(db.engine)
    except DBAPIError:
        return {"status": "the database does not answer"}, 503
    return ({"status": "ready"}, 200) if current else ({"status": "migrations are missing"}, 503)
