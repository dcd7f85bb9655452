"""A server that reads the report and answers: what Python, Granian and the machine take without us."""

from collections.abc import Callable, Iterable
from typing import Any


def create_app() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Make the WSGI application."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"].read()
        start_response("202 Accepted", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return (b"{}",)

    return answer
