"""Spans of jobs and deliveries. They continue the trace of the request that caused the work."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from moderation.origin import Origin, Origins

_propagator = TraceContextTextMapPropagator()


def traceparent_of(span: Span) -> str | None:
    """Return the span's place in its trace, to be stored or sent."""
    carrier: dict[str, str] = {}
    _propagator.inject(carrier, set_span_in_context(span))
    return carrier.get("traceparent")


class WorkerTracing:
    """Traces jobs and deliveries of requests that were traced. The worker's own sweeps make no spans."""

    def __init__(self, provider: TracerProvider) -> None:
        self._tracer = provider.get_tracer("corrigenda")

    @contextmanager
    def jobs(self, topic: str, origins: Origins) -> Iterator[Origins]:
        """Make one span for each message: a batch has messages of many requests."""
        spans = {
            subject: self._start(f"job {topic}", SpanKind.CONSUMER, origin, {"corrigenda.topic": topic})
            for subject, origin in origins.items()
            if origin.traceparent
        }
        with _ended(spans.values()):
            yield {
                subject: _within(origin, spans[subject]) if subject in spans else origin
                for subject, origin in origins.items()
            }

    @contextmanager
    def delivery(self, kind: str, origin: Origin) -> Iterator[Origin]:
        """Make a span for an attempt."""
        if not origin.traceparent:
            yield origin
            return
        span = self._start(f"deliver {kind}", SpanKind.CLIENT, origin, {"corrigenda.kind": kind})
        with _ended([span]):
            yield _within(origin, span)

    def _start(self, name: str, kind: SpanKind, origin: Origin, attributes: dict[str, str]) -> Span:
        parent = _propagator.extract({"traceparent": origin.traceparent or ""}, Context())
        if origin.request_id:
            attributes = attributes | {"corrigenda.request_id": origin.request_id}
        return self._tracer.start_span(name, parent, kind, attributes)


def _within(origin: Origin, span: Span) -> Origin:
    return Origin(origin.request_id, traceparent_of(span))


@contextmanager
def _ended(spans: Collection[Span]) -> Iterator[None]:
    """End the spans afterwards. If the work fails, they name the kind of error, and not its text."""
    try:
        yield
    except BaseException as error:
        for span in spans:
            span.set_status(Status(StatusCode.ERROR))
            span.set_attribute("error.type", type(error).__name__)
        raise
    finally:
        for span in spans:
            span.end()
