"""The widget's delivery: a loader under one stable name, and modules whose names never mean anything else."""

from functools import cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from moderation.reader.bundle import Bundle, make_bundle

# How soon every page has a new version, and how long a module may be kept.
_STABLE = "public, max-age=300, stale-while-revalidate=86400"
_FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("widget", __name__)


@cache
def bundle() -> Bundle:
    """This process' copy of the widget."""
    return make_bundle()


@blueprint.get("/widget.js")
def loader() -> Response:
    """The classic script that a page carries."""
    return _file("loader.js", _STABLE)


@blueprint.get("/widget/<any('api.js', 'api.d.ts'):name>")
def api(name: str) -> Response:
    """The JavaScript API and its types."""
    return _file(name, _STABLE)


@blueprint.get("/widget/<version>/<name>")
def module(version: str, name: str) -> Response:
    """A module by its version. During an upgrade a page may ask for another one: it gets ours."""
    return _file(name, _FOREVER if version == bundle().version else _STABLE)


def _file(name: str, cache_control: str) -> Response:
    file = bundle().files.get(name)
    if file is None:
        raise NotFound
    encoding = request.accept_encodings.best_match(["br", "gzip", "identity"], default="identity")
    response = Response(file.encoded[encoding], content_type=file.content_type)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = cache_control
    # From another origin: it must say that anyone may.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(f"{file.etag}-{encoding}")
    response.make_conditional(request)
    return response
