"""The OpenAPI document, and the API reference: Swagger UI from the package flask-swagger-ui."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import brotli
from flask import Blueprint, Response, render_template, request

from moderation.api.document import document

blueprint = Blueprint("docs", __name__, url_prefix="/api/v1")
_MEDIA = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
_NAMES = ", ".join(f'"{name}"' for name in _MEDIA)


@blueprint.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return document()


@blueprint.get("/docs")
def docs() -> str:
    """The API reference as a page, with a form to try each operation."""
    return render_template("api/docs.html", document=document(), version=_version())


@blueprint.get(f"/docs/<any({_NAMES}):name>")
def asset(name: str) -> Response:
    """A file of Swagger UI. The page asks for it with its version, so browsers can keep it."""
    is_small = request.accept_encodings["br"] > 0
    answer = Response(_compressed(name) if is_small else _content(name), mimetype=_MEDIA[name])
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Vary"] = "Accept-Encoding"
    if is_small:
        answer.headers["Content-Encoding"] = "br"
    return answer


@cache
def _content(name: str) -> bytes:
    return (files("flask_swagger_ui") / "dist" / name).read_bytes()


@cache
def _compressed(name: str) -> bytes:
    return bytes(brotli.compress(_content(name), quality=5))


@cache
def _version() -> str:
    return sha256(b"".join(_content(name) for name in _MEDIA)).hexdigest()[:12]
