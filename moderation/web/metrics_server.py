"""Prometheus metrics on a port of their own, so that the readers' port does not show them."""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import Engine

from moderation.metrics import render

log = structlog.get_logger()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # Every web process listens; any of them answers for all.
    allow_reuse_port = True


class _Handler(WSGIRequestHandler):
    timeout = 10

    def log_message(self, *_args: object) -> None:
        """Log nothing per request."""


def serve_metrics(host: str, port: int, engine: Engine) -> WSGIServer | None:
    """Answer `GET /metrics` at the address from a thread of this process; None when the port is taken."""

    def answer(environ: dict[str, object], start_response):  # type: ignore[no-untyped-def]
        if environ["PATH_INFO"] != "/metrics":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"The metrics are at /metrics.\n"]
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
        return [render(engine)]

    try:
        server = make_server(host, port, answer, _Server, _Handler)
    except OSError as error:
        reason = str(error)
        log.error("metrics.port_not_available", host=host, port=port, error=reason)  # noqa: TRY400
        return None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
