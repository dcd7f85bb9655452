"""Write method and path as Flask reads them.

Flask takes `post //desk/sign-in` for `POST /desk/sign-in`. What stands before it compares texts, and would
take it for something else: it would get other places (capacity.py), or be no report.
"""

from collections.abc import Iterable
from typing import Any

from moderation.web.early_refusal import WsgiApp


def canonical_requests(app: WsgiApp) -> WsgiApp:
    """Return an application that runs `app` with canonical requests."""

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"].upper()
        environ["PATH_INFO"] = "/" + environ.get("PATH_INFO", "").lstrip("/")
        return app(environ, start_response)

    return run
