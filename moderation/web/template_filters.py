"""Template filters and functions that make dates, percentages and URLs readable."""

from datetime import UTC, datetime
from urllib.parse import unquote

from flask import Flask
from flask_babel import format_datetime, format_percent, format_timedelta

from moderation.domain.sites import limits
from moderation.web.labels.errors import error_title


def register(app: Flask) -> None:
    """Add filters and functions to the templates."""
    app.jinja_env.filters.update(
        datetimeformat=lambda time: format_datetime(time, "d MMMM y, HH:mm 'UTC'"),
        timedeltaformat=format_timedelta,
        percentformat=format_percent,
        readable_url=readable_url,
    )
    app.jinja_env.globals.update(now=lambda: datetime.now(UTC), limits=limits, error_title=error_title)


def readable_url(url: str) -> str:
    """Return the URL without its scheme, with percent-encoded letters decoded."""
    return unquote(url.partition("://")[2]).removesuffix("/")
