"""The rules of a site that send cases to members and channels."""

from uuid import UUID

import msgspec
from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_json
from moderation.api.schemas.routes import RouteList
from moderation.api.spec import documented
from moderation.domain.sites.limits import LIST_BYTES
from moderation.services.notify.site_routes import save_routes
from moderation.services.sites.administer import site_to_run
from moderation.web.extensions import db_session

blueprint = Blueprint("routes", __name__, url_prefix="/api/v1/sites/<uuid:site_id>/routes")
_list = msgspec.json.Decoder(RouteList)


@blueprint.get("")
@documented(security="token", answer=RouteList, refusals=(401, 403, 404, 503))
def list_routes(site_id: UUID) -> Response:
    """List routing rules

    Of one site, for its admins. `by` is `section` or `author`; a section is a name or the beginning of page
    URLs.
    """
    site = site_to_run(db_session(), caller("read"), site_id)
    return json_answer(RouteList(site.settings.routes))


@blueprint.put("")
@documented(
    security="token",
    json=RouteList,
    answer=RouteList,
    refusals=(400, 401, 403, 404, 413, 415, 422, 503),
)
def replace_routes(site_id: UUID) -> Response:
    """Replace routing rules

    The list replaces the present one. A rule names a member, a channel, or both.
    """
    editor, wanted = caller("manage"), read_json(_list, longest=LIST_BYTES)[0]
    site = site_to_run(db_session(), editor, site_id)
    return json_answer(RouteList(save_routes(db_session(), editor, site, wanted.items)))
