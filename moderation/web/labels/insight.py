"""Labels for figures."""

from datetime import timedelta
from itertools import pairwise
from typing import Literal

from babel.dates import format_timedelta
from flask_babel import format_percent, get_locale
from flask_babel import gettext as _

from moderation.domain.cases.lifecycle import STATUSES
from moderation.domain.insight.duration_buckets import DAY, HOUR, RANGES
from moderation.web.labels.cases import status_label
from moderation.web.labels.kinds import kind_label


def duration_label(seconds: float | None, length: Literal["long", "short"] = "long") -> str:
    """A duration in its largest unit, written out or as in "59 min"; a dash for none."""
    if seconds is None:
        return "—"
    return format_timedelta(
        timedelta(seconds=seconds), threshold=1.5, format=length, locale=get_locale()
    ).replace(" ", "\N{NO-BREAK SPACE}")


def range_labels() -> list[str]:
    """The ranges of durations, from "< 1 h" to "> 7 days". They stand side by side under a chart."""
    return [
        str(_("< %(end)d\N{NO-BREAK SPACE}h", end=RANGES[0] / HOUR)),
        *(_range_label(start, end) for start, end in pairwise(RANGES)),
        str(_("> %(start)d\N{NO-BREAK SPACE}days", start=RANGES[-1] / DAY)),
    ]


def _range_label(start: float, end: float) -> str:
    if start < DAY:
        return str(_("%(start)d–%(end)d\N{NO-BREAK SPACE}h", start=start / HOUR, end=end / HOUR))
    return str(_("%(start)d–%(end)d\N{NO-BREAK SPACE}days", start=start / DAY, end=end / DAY))


def change_label(now: float | None, before: float | None) -> str:
    """The change of a figure since the period before, such as "+12%". Empty without such a figure."""
    if now is None or not before:
        return ""
    change = round((now - before) / before, 2)
    return ("+" if change > 0 else "") + str(format_percent(change)).replace("-", "−")


def kind_or_none_label(kind: str) -> str:
    """A kind of mistake, or that none was chosen."""
    return kind_label(kind) if kind else str(_("Not specified"))


def reason_or_none_label(reason: str) -> str:
    """The reason of a rejection, or that none was given."""
    return reason or str(_("No reason given"))


def thanks_label(key: str, length: Literal["long", "short"] = "long") -> str:
    """What a number of readers did, or got. Short ones stand side by side."""
    if length == "short":
        return status_label(key) if key in STATUSES else str(_("Emailed") if key == "told" else _("Reported"))
    return str(
        {
            "reported": _("Sent a report"),
            "accepted": _("Report accepted"),
            "fixed": _("Typo fixed"),
            "told": _("Told by email"),
        }[key]
    )


def speller_label(key: str) -> str:
    """The outcome of a case with a suggestion of the spell checker."""
    return str(
        {
            "right": _("Accepted as suggested"),
            "other": _("Accepted with another correction"),
            "rejected": _("Rejected, no mistake"),
        }[key]
    )
