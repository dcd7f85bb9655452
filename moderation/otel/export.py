"""Send spans to the collector. Only attributes that hold no personal data leave the process."""

from collections.abc import Sequence

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind, Status, TraceState, get_current_span
from opentelemetry.util.types import Attributes

from moderation.version import VERSION

ALLOWED = frozenset(
    """
    corrigenda.request_id corrigenda.topic corrigenda.kind
    http.method http.request.method http.route http.status_code http.response.status_code
    http.scheme url.scheme db.system db.system.name db.name db.namespace db.statement db.query.text error.type
    """.split()
)
"""No address, no path (a receipt's is a secret), no query string. A statement has placeholders for values."""


class PrivateExporter(SpanExporter):
    """Takes what could be personal out of spans, and gives them to another exporter."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Remove personal data from the spans, then send them."""
        return self._exporter.export([_without_personal_data(span) for span in spans])

    def shutdown(self) -> None:
        """End the exporter."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._exporter.force_flush(timeout_millis)


def _without_personal_data(span: ReadableSpan) -> ReadableSpan:
    """Copy a span. Its events go too: the text of an exception may quote a reader."""
    attributes = span.attributes or {}
    kept = {name: value for name, value in attributes.items() if name in ALLOWED}
    is_request = span.kind is SpanKind.SERVER
    # The name of a request without a route is its path.
    name = span.name if not is_request or "http.route" in kept else span.name.partition(" ")[0]
    return ReadableSpan(
        name=name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=kept,
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


class NoLoneQueries(Sampler):
    """Drops statements outside of a request or job: the worker looks for work all the time."""

    def __init__(self, sampler: Sampler) -> None:
        self._sampler = sampler

    def should_sample(  # noqa: PLR0917 - the interface
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """Drop it, or ask the sampler that the environment names."""
        is_lone = not get_current_span(parent_context).get_span_context().is_valid
        if is_lone and kind is SpanKind.CLIENT:
            return SamplingResult(Decision.DROP)
        return self._sampler.should_sample(
            parent_context, trace_id, name, kind, attributes, links, trace_state
        )

    def get_description(self) -> str:
        """Name it."""
        return f"NoLoneQueries({self._sampler.get_description()})"


def make_provider(process: str) -> TracerProvider:
    """Make what makes and sends spans. The environment says where to, how many, and the service's name."""
    resource = Resource.create({"service.name": f"corrigenda-{process}", "service.version": VERSION})
    provider = TracerProvider(resource=resource)
    provider.sampler = NoLoneQueries(provider.sampler)
    provider.add_span_processor(BatchSpanProcessor(PrivateExporter(OTLPSpanExporter())))
    return provider
