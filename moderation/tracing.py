"""Traces: one way from a request to the webhook that it causes. Off unless the environment names a collector.

The variables are those of OpenTelemetry. Its packages are an extra: while traces are off none is imported.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import structlog

from moderation.origin import Origin, Origins

_COLLECTOR = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")

log = structlog.get_logger()


class Tracing(Protocol):
    """Makes spans for the work of a worker, and yields the origins that this work must name."""

    def jobs(self, topic: str, origins: Origins) -> AbstractContextManager[Origins]:
        """Trace a batch of jobs of one topic: one span for each."""
        ...

    def delivery(self, kind: str, origin: Origin) -> AbstractContextManager[Origin]:
        """Trace one attempt to deliver events to a subscriber of a kind."""
        ...


class NoTracing:
    """Passes origins on."""

    @contextmanager
    def jobs(self, topic: str, origins: Origins) -> Iterator[Origins]:  # noqa: ARG002
        """Yield the origins."""
        yield origins

    @contextmanager
    def delivery(self, kind: str, origin: Origin) -> Iterator[Origin]:  # noqa: ARG002
        """Yield the origin."""
        yield origin


def wants_traces(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether the environment asks for traces. Says so in the log if the extra is missing."""
    is_off = environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if is_off or environ.get("OTEL_TRACES_EXPORTER") == "none" or not any(map(environ.get, _COLLECTOR)):
        return False
    try:
        import opentelemetry.sdk.trace  # noqa: F401, PLC0415 - an extra
    except ImportError:
        log.warning(
            "traces.not_installed",
            todo="pip install 'corrigenda[otel]', or unset OTEL_EXPORTER_OTLP_ENDPOINT",
        )
        return False
    return True
