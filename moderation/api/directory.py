"""Sites and editors, with the ids that filters and assignments need."""

from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_query
from moderation.api.schemas.directory import (
    EditorList,
    EditorOut,
    EditorQuery,
    RoleOut,
    SiteList,
    SiteOut,
)
from moderation.api.spec import documented
from moderation.services.accounts.access import sites_of
from moderation.services.accounts.colleagues import colleagues_of, role_on
from moderation.web.extensions import db_session

blueprint = Blueprint("directory", __name__, url_prefix="/api/v1")


@blueprint.get("/sites")
@documented(security="token", answer=SiteList, refusals=(401, 403, 503))
def list_sites() -> Response:
    """List sites

    The sites that the token's editor can see, with the editor's role on each. Their ids are the values of
    `site` in other calls.
    """
    editor = caller("read")
    items = [
        SiteOut(site.id, site.name, site.site_key, list(site.origins), role_on(editor, site.id))
        for site in sites_of(db_session(), editor)
    ]
    return json_answer(SiteList(items))


@blueprint.get("/editors")
@documented(security="token", query=EditorQuery, answer=EditorList, refusals=(401, 403, 422, 503))
def list_editors() -> Response:
    """List editors

    The active editors of the sites that the token's editor can see. Their ids are the values of `assignee`.
    """
    editor, query = caller("read"), read_query(EditorQuery)
    items = [
        EditorOut(
            id=each.id,
            name=each.display_name,
            email=each.email,
            is_owner=each.is_owner,
            is_me=each.id == editor.id,
            roles=[RoleOut(site, role) for site, role in roles.items()],
        )
        for each, roles in colleagues_of(db_session(), editor, query.site)
    ]
    return json_answer(EditorList(items))
