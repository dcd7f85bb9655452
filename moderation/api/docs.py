"""The OpenAPI document, and a page to read it on that loads nothing from elsewhere."""

from typing import Any

from flask import Blueprint, Flask, render_template

from moderation.api.spec import spec

blueprint = Blueprint("docs", __name__)


def register_document(app: Flask) -> None:
    """Serve /api/v1/openapi.json. After all routes: the document is made from them."""
    spec.register(app)


@blueprint.get("/api/v1/docs")
def docs() -> str:
    """The API, readable."""
    document = spec.spec
    return render_template("api/docs.html", document=document, resolve=_resolver(document))


def _resolver(document: dict[str, Any]) -> Any:
    schemas = document["components"]["schemas"]

    def resolve(schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """A schema's name and its content, a reference followed."""
        name = schema.get("$ref", "").rpartition("/")[2]
        return name, schemas.get(name, schema)

    return resolve
