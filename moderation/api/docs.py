"""The OpenAPI document, and a page to read it on that loads nothing from elsewhere."""

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
    """The API, readable."""
    return render_template("api/docs.html", document=document())
