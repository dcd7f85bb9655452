"""Labels for figures."""

from datetime import timedelta

from flask_babel import format_timedelta


def duration_label(seconds: float | None) -> str:
    """A duration in its largest unit; a dash for none."""
    return "—" if seconds is None else str(format_timedelta(timedelta(seconds=seconds), threshold=1.5))
