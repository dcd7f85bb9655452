"""Statistics, for other dashboards."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response

from moderation.api.auth import caller
from moderation.api.body import read_query
from moderation.api.schemas.stats import StatsOut, StatsQuery
from moderation.api.spec import documented
from moderation.services.insight.stats import first_of, stats
from moderation.web.extensions import db_session

blueprint = Blueprint("stats", __name__, url_prefix="/api/v1")
_DAYS = 30


@blueprint.get("/stats")
@documented(security="token", query=StatsQuery, answer=StatsOut, refusals=(401, 403, 422, 503))
def get_stats() -> Response:
    """Read statistics

    Of one site or of all sites that the token's editor can see, from `from` to `to` (both days included,
    UTC; default: the last 30 days). Updated every minute.
    """
    editor, query = caller("read"), read_query(StatsQuery)
    last = query.to or datetime.now(UTC).date()
    first = query.from_ or first_of(_DAYS, last)
    found = stats(db_session(), editor, first=first, last=last, site=query.site)
    return Response(msgspec.json.encode(StatsOut.of(found)), content_type="application/json")
