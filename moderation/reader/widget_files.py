"""Delivery of the widget: a loader under a stable name, and modules whose addresses contain their version."""

from functools import cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from moderation.reader.bundle import Bundle, make_bundle

_STABLE = "public, max-age=300, stale-while-revalidate=86400"
"""For URLs without a version: pages get a new version within five minutes."""
_FOREVER = "public, max-age=31536000, immutable"
"""For URLs with a version: their content never changes."""

blueprint = Blueprint("widget", __name__)


@cache
def bundle() -> Bundle:
    """Return the widget's files of this process."""
    return make_bundle()


@blueprint.get("/widget.js")
def loader() -> Response:
    """The classic script that pages include."""
    return _file("loader.js", _STABLE)


@blueprint.get("/widget/<any('api.js', 'api.d.ts'):name>")
@blueprint.get("/widget/<any('words.en.json', 'words.ru.json', 'reports.en.json', 'reports.ru.json'):name>")
def public_file(name: str) -> Response:
    """The JavaScript API, its types, and the texts as templates for translations."""
    return _file(name, _STABLE)


@blueprint.get("/widget/<version>/<name>")
def module(version: str, name: str) -> Response:
    """A module by its version. During an upgrade a page might ask for another version, and gets this one."""
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
    # Pages of news sites load it from another origin.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(f"{file.etag}-{encoding}")
    response.make_conditional(request)
    return response
