"""Database connections of a web process: they never wait past the deadline of the request.

A frozen PostgreSQL keeps its sockets open, so only the client can end the wait. After such a wait a circuit
breaker opens: one request per second tries the database again, and the others fail at once. Without it every
request would hold a thread until its deadline.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import OperationalError
from sqlalchemy import Engine, event

from moderation.database import ENGINE_OPTIONS
from moderation.web.deadline import STATEMENT_SECONDS, seconds_left

Result = TypeVar("Result")

CONNECT_SECONDS = 2
"""Seconds for a new connection. libpq's shortest time is 2."""
_PROBE_SECONDS = 1.0
_SILENT_SECONDS = STATEMENT_SECONDS + 0.3
"""A server that answers would have ended the statement before."""
_SHORTEST_WAIT = 0.1
"""Seconds for each answer of a healthy server after the deadline: a rollback, for example."""

WEB_ENGINE_OPTIONS: dict[str, Any] = ENGINE_OPTIONS | {
    "pool_timeout": 1,
    "max_overflow": 18,  # with intake's two connections a web process has as many as a worker
    "connect_args": ENGINE_OPTIONS["connect_args"]
    | {
        "connect_timeout": CONNECT_SECONDS,
        "options": f"-c statement_timeout={STATEMENT_SECONDS:.0f}s -c lock_timeout=2500 -c timezone=UTC",
    },
}

INTAKE_ENGINE_OPTIONS: dict[str, Any] = WEB_ENGINE_OPTIONS | {
    "isolation_level": "AUTOCOMMIT",
    "pool_size": 1,
    "max_overflow": 1,
}
"""Reports are stored by one statement, by one thread of the process at a time (group_commit.py).

Its commit is a part of it: without BEGIN and COMMIT there is one round trip instead of three.
"""


class Breaker:
    """Circuit breaker for one database. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._next_probe: float | None = None

    def require_closed(self) -> None:
        """Return if this thread may use the database. Raises OperationalError."""
        if self._next_probe is None:
            return
        with self._lock:
            now = self._clock()
            if self._next_probe is not None and now < self._next_probe:
                raise OperationalError("the database did not answer a moment ago")
            self._next_probe = now + _PROBE_SECONDS

    def answered(self) -> None:
        """Close the breaker."""
        self._next_probe = None

    def was_silent(self) -> None:
        """Open the breaker."""
        with self._lock:
            self._next_probe = self._clock() + _PROBE_SECONDS


class DeadlineConnection(psycopg.Connection[Any]):
    """A connection whose waits end at the deadline of the request."""

    breaker: Breaker

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """Wait for the server. Raises OperationalError, and closes the connection, if it takes too long."""
        limit = max(seconds_left(), _SHORTEST_WAIT)
        started = time.monotonic()
        try:
            self.breaker.require_closed()
            answer = super().wait(gen, interval, min(limit, timeout or limit))
        except OperationalError as error:
            waited = time.monotonic() - started
            if error.sqlstate is None and waited >= min(limit, _SILENT_SECONDS):
                self.pgconn.finish()  # its state is unknown
            if error.sqlstate is None and waited >= _SILENT_SECONDS:
                self.breaker.was_silent()
            raise
        self.breaker.answered()
        return answer


def keep_deadlines(*engines: Engine) -> None:
    """Let the connections of engines for one database keep the deadlines of requests."""
    shared = Breaker()

    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> DeadlineConnection:
        shared.require_closed()
        if seconds_left() < CONNECT_SECONDS:
            raise OperationalError("the request has no time left to connect to the database")
        started = time.monotonic()
        try:
            connection = DeadlineConnection.connect(*arguments, **options)
        except OperationalError:
            if time.monotonic() - started >= CONNECT_SECONDS:
                shared.was_silent()
            raise
        connection.breaker = shared
        shared.answered()
        return connection

    for engine in engines:
        event.listen(engine, "do_connect", connect)
