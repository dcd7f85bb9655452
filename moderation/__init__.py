"""Corrigenda: reports of typos from readers, decisions of editors."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from moderation.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Make the web application. Raises SettingsError."""
    # Imported here, because the worker, the scheduler and the supervisor use this package without Flask. Each
    # saves 25 MB of memory.
    from moderation.garbage import paused  # noqa: PLC0415

    with paused():
        from moderation.application import make_application  # noqa: PLC0415
        from moderation.settings import Settings  # noqa: PLC0415

        return make_application(settings or Settings.from_env())


def serve_app() -> "Flask":
    """Make the web application for a server process, and limit its connections. Raises SettingsError.

    `corrigenda web` names the directory of the processes' metrics.
    """
    app = create_app()
    from moderation.web.connections import guard_connections  # noqa: PLC0415
    from moderation.web.processor import keep_on_one_processor  # noqa: PLC0415

    settings = app.extensions["corrigenda"].settings
    keep_on_one_processor(settings.web_workers, Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
    if not settings.trusted_proxies:
        guard_connections(settings.port)
    return app
