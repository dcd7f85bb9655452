"""A gate before a CMS: it passes requests on, counts writings, and kills the worker at chosen ones."""

import os
import signal
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Literal

from tests.support.serving import Answer, serve_http

Moment = Literal["lost", "unheard", "unanswered"]
"""The worker dies, and its request: never arrives · is done nevertheless · was done, and no answer came."""
_JSON = {"Content-Type": "application/json"}


class Gate:
    """Passes requests on to a server. At the writings in `moments` it kills the process `worker`.

    What that process had begun to write to other sites is lost.
    """

    def __init__(self, target: str, moments: Sequence[Moment]) -> None:
        self.target, self.moments = target, list(moments)
        self.host = self.url = ""
        self.worker = self.killed = 0
        self.kills = 0
        self.written: list[str] = []
        """The path of every writing that was passed on."""
        self._lock = threading.Lock()

    def ask(self, request: BaseHTTPRequestHandler, body: bytes) -> Answer | None:
        """Answer a request; None closes the connection without an answer."""
        if request.command != "POST":
            return self._pass_on(request, body)
        with self._lock:
            if self.killed and self.killed == self.worker:
                return None
            moment = self.moments.pop(0) if self.moments else None
            if moment in ("lost", "unheard"):
                self._kill()
            if moment == "lost":
                return None
            answer = self._pass_on(request, body)
            self.written.append(request.path)
            if moment == "unanswered":
                self._kill()
            return answer if moment is None else None

    def _kill(self) -> None:
        os.kill(self.worker, signal.SIGKILL)
        self.killed = self.worker
        self.kills += 1

    def _pass_on(self, request: BaseHTTPRequestHandler, body: bytes) -> Answer:
        names = ("Authorization", "Content-Type")
        headers = {name: request.headers[name] for name in names if name in request.headers}
        url, data = self.target + request.path, body or None
        passed = urllib.request.Request(url, data, headers, method=request.command)
        try:
            with urllib.request.urlopen(passed, timeout=60) as answer:
                return answer.status, _JSON, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, _JSON, error.read()


@contextmanager
def open_gate(target: str, moments: Sequence[Moment]) -> Iterator[Gate]:
    """Run a gate before the server at a URL."""
    gate = Gate(target, moments)
    with serve_http(gate.ask) as port:
        gate.host = f"127.0.0.1:{port}"
        gate.url = f"http://{gate.host}"
        yield gate
