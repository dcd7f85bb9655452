"""Template filters and functions that make dates, percentages and URLs readable."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

from babel.dates import format_timedelta as babel_timedelta
from flask import Flask
from flask_babel import format_date, format_datetime, format_percent, format_timedelta, get_locale
from markupsafe import Markup

from moderation.domain.sites import limits
from moderation.domain.text.excerpt import context_after, context_before, first_words, last_words, middle_cut
from moderation.web.labels.errors import error_title


def register(app: Flask) -> None:
    """Add filters and functions to the templates."""
    app.jinja_env.filters.update(
        dayformat=lambda day: format_date(day, "d MMMM y"),
        clockformat=lambda time: format_datetime(time, "HH:mm 'UTC'"),
        datetimeformat=lambda time: format_datetime(time, "d MMMM y, HH:mm 'UTC'"),
        timedeltaformat=format_timedelta,
        percentformat=format_percent,
        readable_url=readable_url,
        first_words=first_words,
        last_words=last_words,
        middle_cut=middle_cut,
        context_before=context_before,
        context_after=context_after,
        short_age=short_age,
        without_indents=without_indents,
    )
    app.jinja_env.globals.update(now=lambda: datetime.now(UTC), limits=limits, error_title=error_title)


def short_age(time: datetime) -> str:
    """Return how long ago a time is, or how far ahead: "5 min ago", "in 2 hr". CLDR writes "5 min. ago"."""
    distance = time - datetime.now(UTC)
    text: str = babel_timedelta(distance, format="short", add_direction=True, locale=get_locale())
    return text.replace(".", "")


def without_indents(markup: Markup) -> Markup:
    """Return HTML without blank lines and indents: a tenth of a compressed pane."""
    return Markup(re.sub(r"\n\s+", "\n", markup))  # noqa: S704 - it was markup before


def readable_url(url: str) -> str:
    """Return the URL without its scheme, with percent-encoded letters decoded."""
    return unquote(url.partition("://")[2]).removesuffix("/")
