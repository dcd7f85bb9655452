"""What templates call: dates in the page's language, URLs a person can read, the desk's words."""

from datetime import UTC, datetime
from urllib.parse import unquote

from flask import Flask
from flask_babel import format_datetime, format_timedelta

from moderation.domain.sites import limits


def register(app: Flask) -> None:
    """Add filters and functions to the templates."""
    app.jinja_env.filters.update(
        datetimeformat=lambda time: format_datetime(time, "d MMMM y, HH:mm 'UTC'"),
        timedeltaformat=format_timedelta,
        readable_url=readable_url,
    )
    app.jinja_env.globals.update(now=lambda: datetime.now(UTC), limits=limits)


def readable_url(url: str) -> str:
    """The URL without its scheme, with its letters instead of percent signs."""
    return unquote(url.partition("://")[2]).removesuffix("/")
