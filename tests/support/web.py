"""A news site for tests, with pages that a test can change."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

from moderation.services.pages.turns import HostTurns
from tests.support.serving import Answer, serve_http


class NoPauses(HostTurns):
    """Host turns without the short default pauses."""

    def pause(self, host: str, seconds: float) -> None:
        """Apply only longer pauses, which a host asks for."""
        if seconds > 2:
            super().pause(host, seconds)


class Web:
    """A running site. `pages` maps a path to a body, an answer, or a function of the request's headers."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}"
        self.pages: dict[str, str | bytes | Answer | Callable[..., Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Return the answer for a path."""
        self.asked.append((path, headers))
        page = self.pages.get(path.partition("?")[0])
        if page is None:
            return 404, {}, b"nothing here"
        if callable(page):
            return page(headers)
        if isinstance(page, tuple):
            return page
        body = page.encode() if isinstance(page, str) else page
        return 200, {"Content-Type": "text/html; charset=utf-8"}, body

    def visits(self, path: str) -> int:
        """Return the number of requests for the path."""
        return sum(1 for asked, _ in self.asked if asked == path)


@contextmanager
def serve() -> Iterator[Web]:
    """Run a site."""

    def answer(request: BaseHTTPRequestHandler, _body: bytes) -> Answer:
        return web.answer(request.path, {name.lower(): value for name, value in request.headers.items()})

    with serve_http(answer) as port:
        web = Web(port)
        yield web


@contextmanager
def drip(head: bytes) -> Iterator[str]:
    """Run a server whose headers never end: it sends one byte every 50 ms. Yields host:port."""
    listener, closed = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer(client: socket.socket) -> None:
        with client, suppress(OSError):
            client.recv(65536)
            client.sendall(head)
            while not closed.wait(0.05):
                client.sendall(b"x")

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=answer, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    closed.set()
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # close() alone leaves the thread in accept() for ever
    listener.close()
