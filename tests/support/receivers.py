"""Receivers of webhooks that behave as a test tells them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[int], tuple[int, dict[str, str], bytes] | None]
"""Gets the number of the request, from 1. Returns the answer, or None: it never answers."""


def accept(_number: int) -> tuple[int, dict[str, str], bytes]:
    """Accept everything."""
    return 200, {}, b"ok"


class Receiver:
    """A running receiver. `got` holds every request: its headers and its raw body."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}/hook"
        self.behaviour: Behaviour = accept
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.accepted: list[dict[str, Any]] = []
        """Parsed bodies of the requests that it answered with 2xx, in their order."""
        self.closed = threading.Event()
        self._lock = threading.Lock()

    def receive(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes] | None:
        """Return the answer to one request."""
        with self._lock:
            self.got.append((headers, body))
            answer = self.behaviour(len(self.got))
            if answer is not None and 200 <= answer[0] < 300:
                self.accepted.append(json.loads(body))
            return answer


@contextmanager
def receive() -> Iterator[Receiver]:
    """Run a receiver."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = receiver.receive({k.lower(): v for k, v in self.headers.items()}, body)
            if answer is None:
                receiver.closed.wait()
                return
            status, headers, text = answer
            with suppress(ConnectionError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver = Receiver(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield receiver
    receiver.closed.set()
    server.shutdown()
    server.server_close()
