"""Compress what an editor reads all day: queue, cases, pages, insights. A row of the queue is 3 kB of HTML.

Pages with secrets (tokens, codes, keys) are sent as they are. A CSRF token is no such secret: its signature
changes each second, so the lengths of compressed answers do not tell it (BREACH).
"""

from flask import Flask, Response, request
from flask_compress import Compress

_PATHS = ("/desk/queue", "/desk/cases/", "/desk/pages", "/desk/insight")

_compress = Compress()


def register(app: Flask) -> None:
    """Compress answers from 500 bytes on, if the browser can read them."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_BR_MODE=1,
        COMPRESS_STREAMS=False,
    )
    _compress.init_app(app)
    app.after_request(_shorten)


def _shorten(answer: Response) -> Response:
    return _compress.after_request(answer) if request.path.startswith(_PATHS) else answer
