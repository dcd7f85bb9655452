"""Corrigenda: reports of typos from readers, decisions of editors."""

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
    """Make the web application for the web server, from the environment. Raises SettingsError."""
    from moderation.garbage import paused  # noqa: PLC0415

    with paused():
        from moderation.application import serve_application  # noqa: PLC0415
        from moderation.settings import Settings  # noqa: PLC0415

        return serve_application(Settings.from_env())
