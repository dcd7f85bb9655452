"""A collector of traces: an HTTP server that decodes OTLP as its specification says."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.support.serving import Answer, serve_http


class Collector:
    """A running collector."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.spans: list[Span] = []
        self.bodies: list[bytes] = []
        """What arrived, unpacked: to look for what must not be in it."""

    def receive(self, body: bytes) -> None:
        """Keep the spans of one request."""
        self.bodies.append(body)
        request = ExportTraceServiceRequest.FromString(body)
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)

    def named(self, name: str) -> list[Span]:
        """Return the spans with a name."""
        return [span for span in self.spans if span.name == name]


def attributes(span: Span) -> dict[str, str]:
    """Return the attributes of a span that are texts."""
    return {each.key: each.value.string_value for each in span.attributes}


@contextmanager
def collect() -> Iterator[Collector]:
    """Run a collector."""

    def answer(request: BaseHTTPRequestHandler, body: bytes) -> Answer:
        is_packed = request.headers.get("Content-Encoding") == "gzip"
        collector.receive(gzip.decompress(body) if is_packed else body)
        return 200, {"Content-Type": "application/x-protobuf"}, b""

    with serve_http(answer) as port:
        collector = Collector(f"http://127.0.0.1:{port}")
        yield collector
