"""Site administration: settings, installation, keys, audit log, export, deletion."""

from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_in
from moderation.desk.sites.audit_details import audit_details
from moderation.desk.sites.site_forms import NewSiteForm
from moderation.models import Site
from moderation.services.accounts.access import NotOwner, may_run, sites_of
from moderation.services.accounts.second_factor import is_required_of_all
from moderation.services.instance import demo
from moderation.services.outbox.attention import count_set_aside
from moderation.services.sites import administer as site_admin
from moderation.services.sites.audit import entries_of
from moderation.services.sites.export import export_site
from moderation.services.sites.installation import unfinished
from moderation.web.extensions import db_session, limiter, own_sessions

blueprint = Blueprint("sites", __name__, url_prefix="/desk/sites")


@blueprint.route("", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def index() -> str | BaseResponse | tuple[str, int]:
    """List the editor's sites; an owner can add one."""
    editor = signed_in()
    form = NewSiteForm() if editor.is_owner else None
    if request.method == "POST" and form is None:
        raise NotOwner
    status = 200
    if form is not None and form.is_submitted():
        status = 422
        if form.validate():
            with refusals_in(form):
                made = site_admin.make_site(db_session(), editor, form.name.data, form.origins.data)
                return redirect(url_for("install.show", site_id=made.id))
    sites = sites_of(db_session(), editor)
    return render_template(
        "desk/sites.html",
        sites=sites,
        form=form,
        own_sites=[site for site in sites if site.name != demo.SITE],
        unfinished=unfinished(db_session(), [site.id for site in sites if may_run(editor, site.id)]),
        demo_name=demo.SITE,
        may_run=lambda site: may_run(editor, site.id),
        all_need_two_factor=is_required_of_all(db_session()),
        set_aside=count_set_aside(db_session(), editor),
    ), status


@blueprint.get("/<uuid:site_id>/audit")
@login_required  # type: ignore[untyped-decorator]
def audit(site_id: UUID) -> str:
    """The audit log."""
    site = site_to_run(site_id)
    found = entries_of(db_session(), site, cursor=request.args.get("cursor") or None)
    days = groupby(found.items, key=lambda entry: entry.created_at.astimezone(UTC).date())
    return render_template(
        "desk/site_audit.html", site=site, found=found, days=[(day, [*of]) for day, of in days],
        details=audit_details,
    )  # fmt: skip


@blueprint.get("/<uuid:site_id>/everything.jsonl")
@login_required  # type: ignore[untyped-decorator]
def everything(site_id: UUID) -> Response:
    """Export all data of the site as JSON Lines."""
    site = site_to_run(site_id)
    site_admin.note_export(db_session(), signed_in(), site)
    return Response(
        export_site(own_sessions(), site.id),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="everything.jsonl"'},
    )


@blueprint.get("/<uuid:site_id>/danger")
@login_required  # type: ignore[untyped-decorator]
def danger(site_id: UUID) -> str:
    """The Danger zone page: delete the site."""
    return render_template("desk/site_danger.html", site=site_to_run(site_id))


@blueprint.post("/<uuid:site_id>/deletion")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: f"deletion {signed_in().id}")
def delete(site_id: UUID) -> str | BaseResponse:
    """Schedule the deletion of the site, confirmed by its name, or cancel it."""
    site = site_to_run(site_id)
    if request.form.get("keep"):
        site_admin.take_back_deletion(db_session(), signed_in(), site)
        flash(_("Deletion canceled"), "info")
    elif request.form.get("name", "").strip() == site.name:
        confirm_identity()
        site_admin.ask_deletion(db_session(), signed_in(), site, datetime.now(UTC))
    else:
        flash(_("The name does not match. Nothing was deleted."), "warning")
    return redirect(url_for("sites.danger", site_id=site_id))


def site_to_run(site_id: UUID) -> Site:
    """A site that the editor may change. Raises UnknownSite, NotAdmin."""
    return site_admin.site_to_run(db_session(), signed_in(), site_id)
