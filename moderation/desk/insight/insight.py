"""Statistics of a period: figures, charts with tables beside them, and a CSV file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile, repeat
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask_login import login_required

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.insight.charts import Look, days_chart, decisions_chart, readers_chart, times_chart
from moderation.desk.site_switch import switch_sites
from moderation.domain.cases.lifecycle import DECIDED
from moderation.models import Site
from moderation.services.accounts.access import may_run
from moderation.services.cases.export import csv_rows
from moderation.services.insight.stats import (
    LONGEST,
    Day,
    InvalidPeriod,
    Stats,
    Totals,
    first_of,
    stats,
    totals,
)
from moderation.services.insight.thanks import THANKS
from moderation.web.extensions import db_session
from moderation.web.labels.insight import kind_or_none_label, range_labels, reason_or_none_label, thanks_label

blueprint = Blueprint("insight", __name__, url_prefix="/desk/insight")
PERIODS = (7, 30, 90, 365)
SHORTEST = 7
"""Days that a chart of a longer period has at least."""
_EARLIEST = date(1900, 1, 1)
"""A period that ends before is none. The one before it, and its day before, are dates too."""
_CHARTS = {"days": days_chart, "decisions": decisions_chart, "times": times_chart, "readers": readers_chart}


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """Show the statistics of a period."""
    figures = _from_first_data(_asked())
    return render_template(
        "desk/insight.html",
        stats=figures,
        before=_before(figures),
        ranges=range_labels(),
        kind_or_none_label=kind_or_none_label,
        reason_or_none_label=reason_or_none_label,
        thanks_label=thanks_label,
        decided_by_day={status: [day.decided.get(status, 0) for day in figures.days] for status in DECIDED},
        thanks_by_day={key: [day.thanks[key] for day in figures.days] for key in THANKS},
        args={
            name: value
            for name, value in request.args.items()
            if name in ("site", "from", "to", "days") and value
        },
        periods=PERIODS,
        today=datetime.now(UTC).date(),
        site_to_run=_site_to_run(),
        decided_statuses=DECIDED,
    )


@blueprint.get("/<any(days, decisions, times, readers):name>.svg")
@login_required  # type: ignore[untyped-decorator]
def chart(name: str) -> Response:
    """Draw a chart as SVG; the page has the same figures in a table."""
    look = Look(dark=request.args.get("scheme") == "dark", narrow="narrow" in request.args)
    svg = _CHARTS[name](_from_first_data(_asked()), look)
    return Response(svg, content_type="image/svg+xml")


def _from_first_data(figures: Stats) -> Stats:
    """Leave out the days before the first with a figure, but show the last SHORTEST days."""
    idle = len(figures.days) - len(list(dropwhile(_is_idle, figures.days)))
    return replace(figures, days=figures.days[max(0, min(idle, len(figures.days) - SHORTEST)) :])


def _is_idle(day: Day) -> bool:
    return not (day.reports or day.cases or any(day.decided.values()) or any(day.thanks.values()))


def _before(figures: Stats) -> Totals:
    """The totals of the period of the same length before."""
    last = figures.first - timedelta(days=1)
    first = last - (figures.last - figures.first)
    return totals(db_session(), signed_in(), first=first, last=last, site=_site())


@blueprint.get("/figures.csv")
@login_required  # type: ignore[untyped-decorator]
def as_csv() -> Response:
    """Download every figure as CSV: its table, key and value."""
    figures = _asked()
    rows: list[tuple[str, object, object]] = [("table", "key", "value")]
    rows += [("reports by day", day.day, day.reports) for day in figures.days]
    rows += [("cases by day", day.day, day.cases) for day in figures.days]
    rows += [
        (f"{status} by day", day.day, count)
        for day in figures.days
        for status, count in sorted(day.decided.items())
    ]
    rows += [(f"readers {key} by day", day.day, day.thanks[key]) for day in figures.days for key in THANKS]
    rows += [("acceptance rate", "", figures.accepted_share)]
    rows += [("seconds to decision (median)", "", figures.seconds_to_decision)]
    rows += [("seconds to mended (median)", "", figures.seconds_to_mended)]
    for name in ("pages", "sections", "words", "readers"):
        rows += [(name, key, count) for key, count in getattr(figures, name)]
    rows += [("cases by kind", key, count) for key, count in figures.kinds]
    rows += [("rejections by reason", key, count) for key, count in figures.reasons]
    rows += [("pairs", pair.words, pair.count) for pair in figures.pairs]
    rows += [("speller", key, count) for key, count in sorted(figures.speller.items())]
    for name in ("decision_times", "mending_times"):
        rows += list(zip(repeat(name), range_labels(), getattr(figures, name), strict=False))
    rows += [
        (f"{status} by editor", one.name, count)
        for one in figures.editors
        for status, count in sorted(one.decided.items())
    ]
    for by, found_times in (("section", figures.times_by_section), ("author", figures.times_by_author)):
        for name in ("decided", "seconds_to_decision", "mended", "seconds_to_mended"):
            rows += [(f"{name} by {by}", one.name, getattr(one, name)) for one in found_times]
    headers = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    return Response(csv_rows(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _asked() -> Stats:
    """The statistics that the URL asks for. Raises Problem (404) and InvalidPeriod."""
    first, last = _period()
    return stats(db_session(), signed_in(), first=first, last=last, site=_site())


def _site() -> UUID | None:
    return QueueQuery({"site": request.args.get("site", "")}, signed_in().id).filter.site


def _site_to_run() -> Site | None:
    """Return the site of the page, or the only site, if the editor may change it."""
    sites = [site for site in switch_sites() if _site() in (None, site.id)]
    return sites[0] if len(sites) == 1 and may_run(signed_in(), sites[0].id) else None


def _period() -> tuple[date, date]:
    asked = request.args
    try:
        last = date.fromisoformat(asked["to"]) if asked.get("to") else datetime.now(UTC).date()
        last = max(last, _EARLIEST)
        if asked.get("from"):
            return date.fromisoformat(asked["from"]), last
        return first_of(min(int(asked.get("days") or PERIODS[1]), LONGEST), last), last
    except ValueError:
        raise InvalidPeriod from None
