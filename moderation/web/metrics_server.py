"""Prometheus metrics on a separate port, so that the public port does not show them."""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from redis import Redis
from sqlalchemy import Engine

from moderation.metrics import render

log = structlog.get_logger()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # Every web process listens, and each can answer for all of them.
    allow_reuse_port = True


class _Handler(WSGIRequestHandler):
    timeout = 10

    def log_message(self, *_args: object) -> None:
        """Do not log requests."""


def serve_metrics(host: str, port: int, engine: Engine, redis: Redis) -> WSGIServer | None:
    """Serve `GET /metrics` from a thread of this process. Returns None if the port is in use."""

    def answer(environ: dict[str, object], start_response):  # type: ignore[no-untyped-def]
        if environ["PATH_INFO"] != "/metrics":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"The metrics are at /metrics.\n"]
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
        return [render(engine, redis)]

    try:
        server = make_server(host, port, answer, _Server, _Handler)
    except OSError as error:
        reason = str(error)
        log.error("metrics.port_not_available", host=host, port=port, error=reason)  # noqa: TRY400
        return None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
