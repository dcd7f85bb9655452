"""Spans of web requests and of their statements."""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from flask import Flask, g
from opentelemetry import trace
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from sqlalchemy import Engine

from moderation.otel.export import make_provider
from moderation.otel.jobs import traceparent_of

_PROBES = "healthz,readyz"
_FOREIGN = ("HTTP_TRACEPARENT", "HTTP_TRACESTATE", "HTTP_BAGGAGE")


def trace_web(apps: Sequence[Flask], engines: Iterable[Engine], *, trusts_proxy: bool) -> None:
    """Trace each request to these applications, which share their extensions.

    A `traceparent` from outside counts only if a proxy of ours passed it on.
    """
    provider = make_provider("web")
    # Its stated range ends before SQLAlchemy 2.1, whose events are the same: tests/otel sees its spans.
    SQLAlchemyInstrumentor().instrument(engines=list(engines), tracer_provider=provider, skip_dep_check=True)
    apps[0].extensions["traces"] = provider
    for app in apps:
        FlaskInstrumentor().instrument_app(  # type: ignore[no-untyped-call]
            app, excluded_urls=_PROBES, tracer_provider=provider
        )
        app.before_request(_link)
        if not trusts_proxy:
            app.wsgi_app = _WithoutForeignTraces(app.wsgi_app)  # type: ignore[method-assign]


def _link() -> None:
    """Let the span name the request's id, and what the request stores name the span."""
    span = trace.get_current_span()
    if span.is_recording():
        span.set_attribute("corrigenda.request_id", g.request_id)
        structlog.contextvars.bind_contextvars(traceparent=traceparent_of(span))


class _WithoutForeignTraces:
    """Ignores the trace headers of strangers."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        for name in _FOREIGN:
            environ.pop(name, None)
        answer: Iterable[bytes] = self._application(environ, start_response)
        return answer
