"""The OpenAPI document, and a page that shows it without resources from other servers."""

from typing import Any

from flask import Blueprint, render_template

from moderation.api.spec import document

blueprint = Blueprint("docs", __name__, url_prefix="/api/v1")


@blueprint.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return document()


@blueprint.get("/docs")
def docs() -> str:
    """The API reference as a page."""
    return render_template("api/docs.html", document=document())
