"""Server keys of a site, for its admins' tools."""

from uuid import UUID

import msgspec
from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_json
from moderation.api.schemas.server_keys import ServerKeyIn, ServerKeyList, ServerKeyOut
from moderation.api.spec import documented
from moderation.models import Site
from moderation.services.sites.administer import site_to_run
from moderation.services.sites.server_keys import add_server_key, revoke_server_key, server_keys_of
from moderation.web.extensions import db_session

blueprint = Blueprint("server_keys", __name__, url_prefix="/api/v1/sites/<uuid:site_id>/server-keys")
_new = msgspec.json.Decoder(ServerKeyIn)


@blueprint.get("")
@documented(security="token", answer=ServerKeyList, refusals=(401, 403, 404, 503))
def list_server_keys(site_id: UUID) -> Response:
    """List server keys

    Of one site, for its admins. The keys themselves are not stored.
    """
    site = site_to_run(db_session(), caller("read"), site_id)
    return _those_of(site)


@blueprint.post("")
@documented(
    security="token",
    json=ServerKeyIn,
    status=201,
    answer=ServerKeyOut,
    refusals=(400, 401, 403, 404, 413, 415, 422, 503),
)
def create_server_key(site_id: UUID) -> Response:
    """Create a server key

    The answer has its `key`, once. Your server sends it with `POST /api/v1/reports`.
    """
    editor, wanted = caller("manage"), read_json(_new)[0]
    site = site_to_run(db_session(), editor, site_id)
    stored, key = add_server_key(db_session(), editor, site, wanted.name)
    return json_answer(ServerKeyOut.of(stored, key), 201)


@blueprint.delete("/<uuid:key_id>")
@documented(security="token", answer=ServerKeyList, refusals=(401, 403, 404, 503))
def delete_server_key(site_id: UUID, key_id: UUID) -> Response:
    """Revoke a server key

    At once. The answer is the list of those that are left.
    """
    editor = caller("manage")
    site = site_to_run(db_session(), editor, site_id)
    revoke_server_key(db_session(), editor, site, key_id)
    return _those_of(site)


def _those_of(site: Site) -> Response:
    stored = server_keys_of(db_session(), site)
    return json_answer(ServerKeyList([ServerKeyOut.of(one) for one in stored]))
