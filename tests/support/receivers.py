"""Receivers of webhooks that behave as a test tells them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.serving import Answer, serve_http

Behaviour = Callable[[int], Answer | None]
"""Gets the number of the request, from 1. Returns the answer, or None: it never answers."""


def accept(_number: int) -> Answer:
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

    def receive(self, headers: dict[str, str], body: bytes) -> Answer | None:
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

    def answer(request: BaseHTTPRequestHandler, body: bytes) -> Answer | None:
        found = receiver.receive({name.lower(): value for name, value in request.headers.items()}, body)
        if found is None:
            receiver.closed.wait()
        return found

    with serve_http(answer) as port:
        receiver = Receiver(port)
        yield receiver
        receiver.closed.set()
