"""Liveness and readiness."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Flask, current_app
from sqlalchemy.exc import DBAPIError

from moderation.services.instance.migrate import is_current
from moderation.version import VERSION
from moderation.web.extensions import db

blueprint = Blueprint("health", __name__)
_EXTENSION = "corrigenda.readiness"
_VALID = 1.0

Answer = tuple[dict[str, str], int]


@dataclass(slots=True)
class Readiness:
    """Remembers an answer for a second: anybody may ask, and a flood must not reach the database."""

    clock: Callable[[], float] = time.monotonic
    _answer: Answer | None = None
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, ask: Callable[[], Answer]) -> Answer:
        """Return the remembered answer, or ask. Of requests at the same time, one asks."""
        with self._lock:
            if self._answer is None or self.clock() >= self._until:
                self._answer = ask()
                self._until = self.clock() + _VALID
            return self._answer


def register(app: Flask) -> None:
    """Add /healthz and /readyz."""
    app.extensions[_EXTENSION] = Readiness()
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """Report that the process is alive."""
    return {"status": "alive", "version": VERSION}


@blueprint.get("/readyz")
def readyz() -> Answer:
    """Report whether the database answers and all migrations have run."""
    readiness: Readiness = current_app.extensions[_EXTENSION]
    return readiness.answer(_ask)


def _ask() -> Answer:
    try:
        current = is_current(db.engine)
    except DBAPIError:
        return {"status": "the database does not answer"}, 503
    return ({"status": "ready"}, 200) if current else ({"status": "migrations are missing"}, 503)
