"""Accounts of the instance, for owners: disable and enable them, end their sessions and tokens."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.domain.sites import limits
from moderation.services.accounts import administer
from moderation.services.accounts.second_factor import has_second_factor
from moderation.web.extensions import db_session

blueprint = Blueprint("accounts", __name__, url_prefix="/desk/accounts")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def index() -> str:
    """List the accounts, or those that a search finds."""
    q = request.args.get("q", "").strip()[: limits.SEARCH_LENGTH]
    return render_template(
        "desk/accounts.html",
        accounts=administer.accounts(db_session(), signed_in(), q),
        most=administer.MOST,
        q=q,
        has_second_factor=has_second_factor,
    )


@blueprint.post("/<uuid:editor_id>/disable")
@login_required  # type: ignore[untyped-decorator]
def disable(editor_id: UUID) -> Response:
    """Disable an account."""
    editor, keys = administer.disable(db_session(), signed_in(), editor_id, datetime.now(UTC))
    flash(_("Account disabled: %(who)s", who=editor.display_name), "info")
    if keys:
        revoked = ngettext("%(num)d server key was revoked.", "%(num)d server keys were revoked.", keys)
        flash(revoked, "warning")
    return redirect(url_for("accounts.index"))


@blueprint.post("/<uuid:editor_id>/enable")
@login_required  # type: ignore[untyped-decorator]
def enable(editor_id: UUID) -> Response:
    """Let an account sign in again."""
    confirm_identity()
    editor = administer.enable(db_session(), signed_in(), editor_id)
    flash(_("Account enabled: %(who)s", who=editor.display_name), "info")
    return redirect(url_for("accounts.index"))


@blueprint.post("/<uuid:editor_id>/end")
@login_required  # type: ignore[untyped-decorator]
def end(editor_id: UUID) -> Response:
    """End all sessions and tokens of an account."""
    editor = administer.end_access(db_session(), signed_in(), editor_id)
    flash(_("Sessions and tokens ended: %(who)s", who=editor.display_name), "info")
    return redirect(url_for("accounts.index"))
