"""The JSON API, version 1: a view parses the request, calls one service and answers."""

from flask import Flask

from moderation.api import (
    cases,
    decisions,
    directory,
    docs,
    export,
    pages,
    problems,
    receipts,
    reports,
    routes,
    server_keys,
    stats,
    telegram,
    webhooks,
    widget,
)
from moderation.web.extensions import csrf


def register(app: Flask) -> None:
    """Add the API's blueprints. They use no cookie, so they need no CSRF protection."""
    for part in (
        reports,
        receipts,
        widget,
        cases,
        decisions,
        directory,
        pages,
        stats,
        export,
        routes,
        telegram,
        server_keys,
        webhooks,
        docs,
        problems,
    ):
        csrf.exempt(part.blueprint)
        app.register_blueprint(part.blueprint)
