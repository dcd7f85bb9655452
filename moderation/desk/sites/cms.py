"""The CMS of a site at the desk: connect, test, disconnect."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.cases.cms import connector
from moderation.desk.refusals import refusals_in
from moderation.desk.sites.sites import site_to_run
from moderation.models import CmsConnection, Site
from moderation.models.cms_connection import CMS_KINDS, CmsKind
from moderation.services.apply import connection as connections
from moderation.web.deadline import restart_deadline
from moderation.web.extensions import db_session
from moderation.web.labels.cms import refusal_label
from moderation.web.wiring import wiring

blueprint = Blueprint("site_cms", __name__, url_prefix="/desk/sites/<uuid:site_id>/cms")
_TEXT = [Optional(), Length(max=500)]
_LONGEST_NAME = 200
"""Characters of what a CMS calls itself. They travel in a cookie."""


class CmsForm(FlaskForm):  # type: ignore[misc]
    """The settings of every kind; the page shows those of the chosen one."""

    address = StringField(lazy_gettext("Address"), _TEXT)
    user = StringField(lazy_gettext("User name"), _TEXT)
    repository = StringField(lazy_gettext("Repository"), _TEXT)
    branch = StringField(lazy_gettext("Branch"), _TEXT)
    rule = TextAreaField(
        lazy_gettext("From page address to file, one rule per line"), [Optional(), Length(max=2000)]
    )
    secret = PasswordField(lazy_gettext("Password, token or secret"), [Optional(), Length(max=4000)])
    purge_url = StringField(lazy_gettext("Cache purge URL"), _TEXT)


FIELDS: dict[CmsKind, tuple[str, ...]] = {
    "wordpress": ("address", "user", "secret", "purge_url"),
    "git": ("repository", "branch", "rule", "user", "secret", "purge_url"),
    "endpoint": ("address", "secret", "purge_url"),
}


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str:
    """The Integrations page."""
    site = site_to_run(site_id)
    connection = connections.connection_of(db_session(), site)
    given = {**connection.settings, "purge_url": connection.purge_url or ""} if connection else {}
    return _page(site, connection, CmsForm(formdata=None, data=given))


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def save(site_id: UUID) -> Response | tuple[str, int]:
    """Store the connection, and test it."""
    site, form, kind = site_to_run(site_id), CmsForm(), _kind()
    connection = connections.connection_of(db_session(), site)
    if not form.validate_on_submit():
        return _page(site, connection, form), 422
    confirm_identity()
    with refusals_in(form):
        connection = connections.connect(
            db_session(),
            signed_in(),
            site,
            kind,
            {name: form[name].data or "" for name in FIELDS[kind] if name not in ("secret", "purge_url")},
            secret=form.secret.data or "",
            purge_url=(form.purge_url.data or "").strip(),
            secret_keys=wiring().settings.secret_keys,
        )
        _test(connection)
        return redirect(url_for("site_cms.show", site_id=site_id))
    return _page(site, connection, form), 422


@blueprint.post("/test")
@login_required  # type: ignore[untyped-decorator]
def test(site_id: UUID) -> Response:
    """Test the stored connection."""
    connection = connections.connection_of(db_session(), site_to_run(site_id))
    if connection is not None:
        _test(connection)
    return redirect(url_for("site_cms.show", site_id=site_id))


@blueprint.post("/disconnect")
@login_required  # type: ignore[untyped-decorator]
def disconnect(site_id: UUID) -> Response:
    """Forget the connection."""
    connections.disconnect(db_session(), signed_in(), site_to_run(site_id))
    flash(_("CMS disconnected"), "info")
    return redirect(url_for("site_cms.show", site_id=site_id))


def _test(connection: CmsConnection) -> None:
    db_session().rollback()  # no transaction is open while the CMS answers
    name, refused = connections.run_test(lambda: connector()(connection))
    restart_deadline()
    connections.store_test(db_session(), connection, refused, datetime.now(UTC))
    if refused is None:
        flash(_("Connection works: %(name)s", name=name[:_LONGEST_NAME]), "info")
    else:
        label = refusal_label(refused.reason, str(refused))
        flash(_("Connection does not work: %(why)s", why=label), "warning")


def _kind() -> CmsKind:
    wanted = request.args.get("kind")
    return next((kind for kind in CMS_KINDS if kind == wanted), "wordpress")


def _page(site: Site, connection: CmsConnection | None, form: CmsForm) -> str:
    kind = _kind() if "kind" in request.args or connection is None else connection.kind
    parts = {"site": site, "connection": connection, "form": form, "kind": kind, "fields": FIELDS[kind]}
    return render_template("desk/site_cms.html", kinds=CMS_KINDS, **parts)
