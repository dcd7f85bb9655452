"""The page "API and keys" of a site: its public key, and the secret keys of its servers."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_in
from moderation.desk.sites.sites import site_to_run
from moderation.models import Site
from moderation.models.server_key import SERVER_SCOPES
from moderation.services.sites import server_keys
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("site_keys", __name__, url_prefix="/desk/sites/<uuid:site_id>/keys")


class ServerKeyForm(FlaskForm):  # type: ignore[misc]
    """Form for a new server key."""

    name = StringField(lazy_gettext("Name"), [DataRequired(), Length(max=server_keys.NAME_LENGTH)])


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str:
    """Show the public key, and the server keys without their text."""
    return _page(site_to_run(site_id), ServerKeyForm(formdata=None))


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def create(site_id: UUID) -> str | tuple[str, int]:
    """Create a server key, and show it once."""
    site, form = site_to_run(site_id), ServerKeyForm()
    if not form.validate_on_submit():
        return _page(site, form), 422
    confirm_identity()
    with refusals_in(form, "name"):
        _stored, key = server_keys.add_server_key(db_session(), signed_in(), site, form.name.data)
        return _page(site, ServerKeyForm(formdata=None), key)
    return _page(site, form), 422


@blueprint.post("/<uuid:key_id>/revoke")
@login_required  # type: ignore[untyped-decorator]
def revoke(site_id: UUID, key_id: UUID) -> Response:
    """Revoke a server key."""
    site = site_to_run(site_id)
    name = server_keys.revoke_server_key(db_session(), signed_in(), site, key_id)
    flash(_("Revoked: %(name)s", name=name), "info")
    return redirect(url_for("site_keys.show", site_id=site_id))


def _page(site: Site, form: ServerKeyForm, key: str | None = None) -> str:
    return render_template(
        "desk/site_keys.html",
        site=site,
        form=form,
        made=key,
        keys=server_keys.server_keys_of(db_session(), site),
        scopes=SERVER_SCOPES,
        base_url=wiring().settings.base_url,
    )
