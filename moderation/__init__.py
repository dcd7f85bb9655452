"""Corrigenda: reports of typos from readers, decisions of editors."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from moderation.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The web application. Raises SettingsError."""
    # Imported here: the worker, the scheduler and the supervisor use this package without Flask, and each
    # is 25 MB lighter for it.
    from moderation.application import make_application  # noqa: PLC0415
    from moderation.settings import Settings  # noqa: PLC0415

    return make_application(settings or Settings.from_env())
