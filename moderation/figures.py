"""Counts and times of all workers, for metrics. Redis keeps them, so that any web process shows the sum.

Redis can lose these figures, as a process that starts again loses its counters. Prometheus expects that.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Protocol

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

TRIAGE = "triage"
RECHECKS = "rechecks"
DELIVERIES = "deliveries"

KEY = "corrigenda:figures"
_SEP = "|"
_PAUSE_SECONDS = 2.0
"""How often a process sends what it counted. A second count costs nothing until then."""

FIGURES = "figures"
"""Key of `Session.info`: the figures that the work of the session is counted in."""

log = structlog.get_logger()


class Figures(Protocol):
    """Counts and times. Threads share one. Labels are words of the program, never texts of people."""

    def count(self, name: str, *labels: str, by: int = 1) -> None:
        """Count something."""
        ...

    def timed(self, name: str, *labels: str) -> AbstractContextManager[None]:
        """Add the time that the block takes, and count it."""
        ...


class NoFigures:
    """Counts nothing."""

    def count(self, name: str, *labels: str, by: int = 1) -> None:
        """Do nothing."""

    def timed(self, name: str, *labels: str) -> AbstractContextManager[None]:  # noqa: ARG002
        """Do nothing."""
        return nullcontext()


class SharedFigures:
    """Adds to the figures of all workers. Without Redis it keeps its own until Redis is back."""

    def __init__(self, redis: Redis, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._stopwatch = stopwatch
        self._lock = Lock()
        self._kept: Counter[str] = Counter()
        self._next = 0.0

    def count(self, name: str, *labels: str, by: int = 1) -> None:
        """Add to a count. Sends the kept figures if the pause is over."""
        self._add({_SEP.join((name, *labels)): by})

    @contextmanager
    def timed(self, name: str, *labels: str) -> Iterator[None]:
        """Add the time that the block takes, also if it fails."""
        began = self._stopwatch()
        try:
            yield
        finally:
            path = (name, *labels)
            seconds = self._stopwatch() - began
            self._add({_SEP.join((*path, "count")): 1, _SEP.join((*path, "seconds")): seconds})

    def _add(self, values: Mapping[str, float]) -> None:
        with self._lock:
            self._kept.update(values)
            now = self._stopwatch()
            if now < self._next:
                return
            self._next = now + _PAUSE_SECONDS
        self.send()

    def send(self) -> None:
        """Send the kept figures at once."""
        with self._lock:
            sent, self._kept = self._kept, Counter()
        self._send(sent)

    def _send(self, values: "Counter[str]") -> None:
        if not values:
            return
        try:
            with self._redis.pipeline() as pipeline:
                for field, value in values.items():
                    pipeline.hincrbyfloat(KEY, field, value)
                pipeline.execute()
        except RedisError as error:
            with self._lock:
                self._kept.update(values)
            log.warning("figures.not_sent", error=str(error))


@contextmanager
def timed_step(session: Session, name: str) -> Iterator[None]:
    """Measure a step of triage, if the session's work is counted."""
    figures: Figures = session.info.get(FIGURES) or NoFigures()
    with figures.timed(TRIAGE, name):
        yield


def read(redis: Redis) -> dict[tuple[str, ...], float]:
    """Return the figures of all workers, by name and labels. Raises RedisError."""
    stored: Mapping[bytes, bytes] = redis.hgetall(KEY)  # type: ignore[assignment]
    return {tuple(field.decode().split(_SEP)): float(value) for field, value in stored.items()}
