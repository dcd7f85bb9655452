"""Statistics, for other dashboards."""

from datetime import UTC, datetime, timedelta

import msgspec
from flask import Blueprint, Response

from moderation.api.auth import caller
from moderation.api.body import read_query
from moderation.api.schemas.stats import StatsOut, StatsQuery
from moderation.api.spec import documented
from moderation.services.insight.stats import LONGEST, InvalidPeriod, stats
from moderation.web.extensions import db_session
from moderation.web.problems import invalid

blueprint = Blueprint("stats", __name__, url_prefix="/api/v1")
_DAYS = 30


@blueprint.get("/stats")
@documented(security="token", query=StatsQuery, answer=StatsOut, refusals=(401, 403, 422, 503))
def show() -> Response:
    """Read statistics

    Of one site or of all sites that the token's editor can see, from `from` to `to` (both days included,
    UTC; default: the last 30 days). Updated every minute.
    """
    editor, query = caller("read"), read_query(StatsQuery)
    last = query.to or datetime.now(UTC).date()
    try:
        first = query.from_ or last - timedelta(days=_DAYS - 1)
        found = stats(db_session(), editor, first=first, last=last, site=query.site)
    except (InvalidPeriod, OverflowError):
        raise invalid("/from", f"must be before `to`, by less than {LONGEST} days") from None
    return Response(msgspec.json.encode(StatsOut.of(found)), content_type="application/json")
