"""Labels for figures."""

from datetime import timedelta
from itertools import pairwise

from babel.dates import format_timedelta as babel_timedelta
from flask_babel import format_percent, format_timedelta, get_locale
from flask_babel import gettext as _

from moderation.domain.insight.duration_buckets import RANGES
from moderation.web.labels.kinds import kind_label


def duration_label(seconds: float | None) -> str:
    """A duration in its largest unit; a dash for none."""
    return "—" if seconds is None else str(format_timedelta(timedelta(seconds=seconds), threshold=1.5))


def range_labels() -> list[str]:
    """The ranges of durations, from "up to 1 hr" to "more than 1 wk"."""
    ends = [
        babel_timedelta(timedelta(seconds=end), threshold=1, format="short", locale=get_locale())
        for end in RANGES
    ]
    return [
        str(_("up to %(end)s", end=ends[0])),
        *(f"{start} – {end}" for start, end in pairwise(ends)),
        str(_("more than %(end)s", end=ends[-1])),
    ]


def change_label(now: float | None, before: float | None) -> str:
    """The change of a figure since the period before, such as "+12%". Empty without such a figure."""
    if now is None or not before:
        return ""
    change = round((now - before) / before, 2)
    return ("+" if change > 0 else "") + str(format_percent(change)).replace("-", "−")


def kind_or_none_label(kind: str) -> str:
    """A kind of mistake, or that none was chosen."""
    return kind_label(kind) if kind else str(_("Not specified"))


def speller_label(key: str) -> str:
    """The outcome of a case with a suggestion of the spell checker."""
    return str(
        {
            "right": _("Accepted as suggested"),
            "other": _("Accepted with another correction"),
            "rejected": _("Rejected, no mistake"),
        }[key]
    )
