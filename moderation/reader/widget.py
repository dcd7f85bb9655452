"""The widget's delivery: a loader under one stable name, and the modules it imports."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

_WIDGET = Path(__file__).resolve().parent.parent / "static" / "widget"
_HOUR = 3600

blueprint = Blueprint("widget", __name__)


@blueprint.get("/widget.js")
def loader() -> Response:
    """The classic script that a page carries."""
    return _file("loader.js")


@blueprint.get("/widget/<path:name>")
def module(name: str) -> Response:
    """A module that the loader imports: from another origin, so it must say that anyone may."""
    return _file(name)


def _file(name: str) -> Response:
    response = send_from_directory(_WIDGET, name, max_age=_HOUR)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
