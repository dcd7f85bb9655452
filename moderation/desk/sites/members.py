"""Members and invitations of a site."""

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_in
from moderation.desk.sites.site_forms import InviteForm, RoleForm
from moderation.desk.sites.sites import site_to_run
from moderation.desk.undo import offer_undo
from moderation.domain.accounts.roles import ROLES
from moderation.models import Invitation, Site
from moderation.services.accounts.second_factor import has_second_factor
from moderation.services.sites import members
from moderation.web.extensions import db_session
from moderation.web.labels.accounts import role_label
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

blueprint = Blueprint("members", __name__, url_prefix="/desk/sites/<uuid:site_id>/members")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str:
    """The Members page."""
    return _page(site_to_run(site_id), InviteForm(formdata=None))


def _page(site: Site, form: InviteForm) -> str:
    return render_template(
        "desk/site_members.html",
        has_second_factor=has_second_factor,
        site=site,
        form=form,
        members=members.members_of(db_session(), site),
        owners=members.owners(db_session()),
        invitations=members.invitations_of(db_session(), site, datetime.now(UTC)),
        link_of=partial(_link),
        roles=ROLES,
        has_mail=bool(wiring().settings.smtp_url),
    )


def _link(invitation: Invitation) -> str:
    token = members.invitation_token(wiring().settings.secret_keys, invitation)
    return wiring().settings.base_url + url_for("links.invitation", token=token)


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def invite(site_id: UUID) -> str | Response | tuple[str, int]:
    """Invite a member."""
    site, form = site_to_run(site_id), InviteForm()
    if not form.validate_on_submit():
        return _page(site, form), 422
    confirm_identity()
    with refusals_in(form):
        members.invite(
            db_session(),
            signed_in(),
            site,
            form.email.data,
            form.role.data,
            lang=get_locale().language,
            now=datetime.now(UTC),
        )
        flash(_("Invitation created. The link is valid for 7 days."), "info")
        return redirect(url_for("members.show", site_id=site_id))
    return _page(site, form), 422


@blueprint.post("/<uuid:editor_id>/role")
@login_required  # type: ignore[untyped-decorator]
def role(site_id: UUID, editor_id: UUID) -> Response:
    """Change the role of a member."""
    site, form = site_to_run(site_id), RoleForm()
    if not form.validate_on_submit():
        raise Problem(422, _("Unknown role."))
    if form.role.data == "admin":
        confirm_identity()
    former = members.change_role(db_session(), signed_in(), site, editor_id, form.role.data)
    if former != form.role.data:
        flash(_("Role changed: %(role)s", role=role_label(form.role.data)), "info")
        offer_undo(request.path, role=former)
    return redirect(url_for("members.show", site_id=site_id))


@blueprint.post("/<uuid:editor_id>/remove")
@login_required  # type: ignore[untyped-decorator]
def remove(site_id: UUID, editor_id: UUID) -> Response:
    """Remove a member."""
    site = site_to_run(site_id)
    members.remove_member(db_session(), signed_in(), site, editor_id)
    return redirect(
        url_for("sites.index") if editor_id == signed_in().id else url_for("members.show", site_id=site_id)
    )


@blueprint.post("/invitations/<uuid:invitation_id>/revoke")
@login_required  # type: ignore[untyped-decorator]
def revoke(site_id: UUID, invitation_id: UUID) -> Response:
    """Revoke an invitation."""
    members.revoke(db_session(), signed_in(), site_to_run(site_id), invitation_id)
    return redirect(url_for("members.show", site_id=site_id))
