"""A member's own mail about a site."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.sites.integration_forms import MemberForm, saved
from moderation.services.accounts.access import may_run
from moderation.services.notify.member_mail import own_mail, save_own_mail
from moderation.services.sites.administer import site_to_see
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("notifications", __name__, url_prefix="/desk/sites/<uuid:site_id>/notifications")


@blueprint.route("", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str | Response | tuple[str, int]:
    """Choose what mail one gets about the site."""
    editor = signed_in()
    site = site_to_see(db_session(), editor, site_id)
    mail = own_mail(db_session(), editor, site)
    values = {**mail.settings, "is_on": mail.is_on} if mail is not None else {"is_on": False}
    form = MemberForm(data=values)
    if saved(form, lambda: save_own_mail(db_session(), editor, site, **form.values())) is not None:
        flash(_("Settings saved"), "info")
        return redirect(url_for("notifications.show", site_id=site_id))
    has_mail, runs = bool(wiring().settings.smtp_url), may_run(editor, site_id)
    page = render_template("desk/notifications.html", site=site, form=form, has_mail=has_mail, runs=runs)
    return page, 422 if form.is_submitted() else 200
