"""Export cases as files."""

from typing import get_args

from flask import Blueprint, Response

from moderation.api.auth import caller
from moderation.api.body import read_query
from moderation.api.schemas.cases import ExportQuery
from moderation.api.spec import documented
from moderation.services.accounts.access import site_ids
from moderation.services.cases.export import MEDIA_TYPES, Format, export
from moderation.web.extensions import db_session, own_sessions

blueprint = Blueprint("export", __name__, url_prefix="/api/v1/export")
_FORMATS = ", ".join(get_args(Format))


@blueprint.get(f"/cases.<any({_FORMATS}):format_>")
@documented(security="token", query=ExportQuery, answer=None, refusals=(401, 403, 404, 422, 503))
def export_cases(format_: Format) -> Response:
    """Export cases

    All matching cases, oldest first, as CSV (`bom=true` for spreadsheets), JSON Lines or W3C Web Annotations.
    """
    editor, query = caller("read"), read_query(ExportQuery)
    sites = site_ids(db_session(), editor, query.site)
    parts = export(own_sessions(), sites, query.filter(), format_, bom=query.bom)
    return Response(
        parts,
        content_type=MEDIA_TYPES[format_],
        headers={
            "Content-Disposition": f'attachment; filename="cases.{format_}"',
            "Cache-Control": "no-store",
        },
    )
