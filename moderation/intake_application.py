"""A Flask application for POST /api/v1/reports alone.

It has the same views and the same parts as the whole application, but none of the hooks of the desk and its
extensions, which every request would pay for (`make bench-intake`).
"""

import inspect
from collections.abc import Iterable
from typing import Any

from flask import Flask

from moderation.api import reports
from moderation.settings import Settings
from moderation.web import errors, request_log, security
from moderation.web.capacity import REPORTS_PATH
from moderation.web.early_refusal import WsgiApp
from moderation.web.flask_application import Application


def make_intake(app: Flask, settings: Settings) -> Flask:
    """Make the application for reports, with the configuration and the parts of the whole one."""
    intake = Application("moderation.intake")
    intake.config.update(app.config)
    intake.extensions = app.extensions
    intake.session_interface = security.DeskSessions()
    request_log.register(intake, settings)
    security.register_headers(intake)
    errors.register(intake)
    intake.register_blueprint(reports.blueprint)
    # Without the wrapper that documents it.
    intake.view_functions["reports.create_report"] = inspect.unwrap(reports.create_report)
    return intake


def reports_to(intake: WsgiApp, others: WsgiApp) -> WsgiApp:
    """Return an application that hands reports to `intake` and everything else to `others`."""

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        is_report = environ.get("PATH_INFO") == REPORTS_PATH and environ["REQUEST_METHOD"] == "POST"
        return (intake if is_report else others)(environ, start_response)

    return choose
