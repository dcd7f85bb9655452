"""The request that work comes from. Its id follows a report through job, event, delivery and webhook.

While a request or a job runs, the log context holds it: so log lines name it too.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog


@dataclass(frozen=True, slots=True)
class Origin:
    """A request's id, and its place in a trace (W3C `traceparent`) if traces are on."""

    request_id: str | None = None
    traceparent: str | None = None


UNKNOWN = Origin()

Origins = Mapping[UUID, Origin]
"""By the subject of a message: a report, a decision."""


def current_origin() -> Origin:
    """Return the origin of what runs now."""
    context = structlog.contextvars.get_contextvars()
    return Origin(context.get("request_id"), context.get("traceparent"))


@contextmanager
def working_for(origin: Origin) -> Iterator[None]:
    """Let log lines and stored work name the origin."""
    fields = {"request_id": origin.request_id, "traceparent": origin.traceparent}
    with structlog.contextvars.bound_contextvars(**{name: value for name, value in fields.items() if value}):
        yield
