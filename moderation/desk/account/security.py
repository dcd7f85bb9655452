"""Sessions and security history of the account."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import session_id, signed_in
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.security_log import history_of
from moderation.web.extensions import db_session

blueprint = Blueprint("security", __name__, url_prefix="/desk/account")


@blueprint.get("/history")
@login_required  # type: ignore[untyped-decorator]
def history() -> str:
    """The newest events of the account."""
    return render_template("desk/security_history.html", events=history_of(db_session(), signed_in()))


@blueprint.post("/sessions/<uuid:ended>/end")
@login_required  # type: ignore[untyped-decorator]
def end_session(ended: UUID) -> Response:
    """End another session."""
    desk_sessions.end(db_session(), signed_in(), ended)
    flash(_("Session ended"), "info")
    return redirect(url_for("account.show"))


@blueprint.post("/sessions/end-others")
@login_required  # type: ignore[untyped-decorator]
def end_other_sessions() -> Response:
    """End all sessions but this one."""
    desk_sessions.sign_out_others(db_session(), signed_in(), keep=session_id())
    flash(_("All other devices are signed out"), "info")
    return redirect(url_for("account.show"))
