"""Spans of web requests and of their statements."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from flask import Flask, request
from opentelemetry import trace
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.instrumentation.wsgi import OpenTelemetryMiddleware
from opentelemetry.trace import Span
from sqlalchemy import Engine

from moderation.otel.export import make_provider
from moderation.otel.jobs import traceparent_of
from moderation.web.capacity import REPORTS_PATH
from moderation.web.early_refusal import WsgiApp
from moderation.web.request_log import RequestLog

_PROBES = "healthz,readyz"
_FOREIGN = ("HTTP_TRACEPARENT", "HTTP_TRACESTATE", "HTTP_BAGGAGE")


def trace_web(
    app: Flask, engines: Iterable[Engine], log: RequestLog, *, trusts_proxy: bool
) -> Callable[[WsgiApp], WsgiApp]:
    """Trace each request to the application. Returns a wrapper that traces the endpoint for reports.

    A `traceparent` from outside counts only if a proxy of ours passed it on.
    """
    provider = make_provider("web")
    # Its stated range ends before SQLAlchemy 2.1, whose events are the same: tests/otel sees its spans.
    SQLAlchemyInstrumentor().instrument(engines=list(engines), tracer_provider=provider, skip_dep_check=True)
    app.extensions["traces"] = provider
    FlaskInstrumentor().instrument_app(  # type: ignore[no-untyped-call]
        app, excluded_urls=_PROBES, tracer_provider=provider
    )
    app.before_request(lambda: _link(trace.get_current_span(), log.begin(request.environ)))

    if not trusts_proxy:
        app.wsgi_app = _WithoutForeignTraces(app.wsgi_app)  # type: ignore[method-assign]

    def begin_report(span: Span, environ: dict[str, Any]) -> None:
        span.set_attribute("http.route", REPORTS_PATH)
        _link(span, log.begin(environ))

    def trace_reports(endpoint: WsgiApp) -> WsgiApp:
        traced = OpenTelemetryMiddleware(endpoint, begin_report, tracer_provider=provider)
        return traced if trusts_proxy else _WithoutForeignTraces(traced)

    return trace_reports


def _link(span: Span, request_id: str) -> None:
    """Let the span name the request's id, and what the request stores name the span."""
    if span.is_recording():
        span.set_attribute("corrigenda.request_id", request_id)
        structlog.contextvars.bind_contextvars(traceparent=traceparent_of(span))


class _WithoutForeignTraces:
    """Ignores the trace headers of strangers."""

    def __init__(self, application: WsgiApp) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        for name in _FOREIGN:
            environ.pop(name, None)
        return self._application(environ, start_response)
