"""Export cases as files for signed-in editors. The API gives the same with a token."""

from typing import get_args

from flask import Blueprint, Response, request
from flask_login import login_required

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.services.accounts.access import site_ids
from moderation.services.cases.export import MEDIA_TYPES, Format, export
from moderation.web.extensions import db_session, own_sessions

blueprint = Blueprint("files", __name__, url_prefix="/desk/files")
_FORMATS = ", ".join(get_args(Format))


@blueprint.get(f"/cases.<any({_FORMATS}):format_>")
@login_required  # type: ignore[untyped-decorator]
def cases(format_: Format) -> Response:
    """Export the cases of a queue URL; without a status, cases of every status."""
    query = QueueQuery(request.args, signed_in().id)
    wanted = query.filter if "status" in query.given else query.any_status()
    sites = site_ids(db_session(), signed_in(), wanted.site)
    parts = export(own_sessions(), sites, wanted, format_, bom=request.args.get("bom") == "true")
    return Response(
        parts,
        content_type=MEDIA_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="cases.{format_}"'},
    )
