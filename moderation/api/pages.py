"""POST /api/v1/pages/recheck: check a page that a CMS published."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response

from moderation.api.auth import caller
from moderation.api.body import read_json
from moderation.api.schemas.cases import RecheckIn, RecheckOut
from moderation.api.spec import documented
from moderation.services.recheck.request import request_recheck
from moderation.web.extensions import db_session

blueprint = Blueprint("pages", __name__, url_prefix="/api/v1/pages")
_recheck = msgspec.json.Decoder(RecheckIn)


@blueprint.post("/recheck")
@documented(
    security="token",
    json=RecheckIn,
    status=202,
    answer=RecheckOut,
    refusals=(400, 401, 403, 404, 413, 415, 422, 503),
)
def recheck_page() -> Response:
    """Check a page now

    Fixed cases are closed within seconds. Call this when a page is published.
    """
    editor, wanted = caller("decide"), read_json(_recheck)[0]
    page_id = request_recheck(db_session(), editor, wanted.url, datetime.now(UTC))
    return Response(msgspec.json.encode(RecheckOut(page_id)), 202, content_type="application/json")
