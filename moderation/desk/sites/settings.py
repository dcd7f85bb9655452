"""The General page of a site: settings in groups, each checked, saved and restored by itself."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_in
from moderation.desk.sites.setting_forms import GROUPS, GroupForm
from moderation.desk.sites.setting_values import default_numbers
from moderation.desk.sites.sites import site_to_run
from moderation.domain.sites.settings import SiteSettings, invalid_settings
from moderation.domain.sites.urls import origin_patterns
from moderation.models import Site
from moderation.services.cases.route_open import count_assignable
from moderation.services.notify.site_routes import check_routes
from moderation.services.sites.add import change_site
from moderation.services.sites.fetch_header import drop_fetch_header, set_fetch_header
from moderation.web.extensions import db_session
from moderation.web.labels.sites import setting_error
from moderation.web.wiring import wiring

blueprint = Blueprint("settings", __name__, url_prefix="/desk/sites/<uuid:site_id>")
_CONFIRMED = ("security", "data")
"""Groups that need a confirmed identity: one ends the rule that requires two factors, one deletes cases."""


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str:
    """Show the settings in their groups."""
    return _page(site_to_run(site_id))


def _page(site: Site, changed: str = "", form: GroupForm | None = None) -> str:
    forms = {name: form if form and name == changed else _form(name, site) for name in GROUPS}
    defaults = SiteSettings()
    restorable = {
        name
        for name, group in forms.items()
        if any(
            getattr(defaults, field) != getattr(site.settings, field) for field in _fields_of_settings(group)
        )
    }
    return render_template(
        "desk/site_settings.html",
        site=site,
        forms=forms,
        restorable=restorable,
        defaults=default_numbers(),
        to_assign=count_assignable(db_session(), site),
    )


def _leads_header_elsewhere(site: Site, form: GroupForm) -> bool:
    """Return whether the form adds a domain, to which the site's secret header would then be sent."""
    adds = "origins" in form and not set(form.origins.data or ()) <= set(site.origins)
    return adds and site.fetch_header_name is not None


def _form(name: str, site: Site, *, sent: bool = False) -> GroupForm:
    values: dict[str, Any] = {
        field: getattr(site.settings, field) for field in SiteSettings.__struct_fields__
    }
    values |= {"name": site.name, "origins": site.origins, "fetch_header_name": site.fetch_header_name or ""}
    form = GROUPS[name](**({} if sent else {"formdata": None}), data=values, prefix="")
    if "routes" in form:
        form.routes.offer(site)
    return form


def _fields_of_settings(form: GroupForm) -> list[str]:
    return [name for name in SiteSettings.__struct_fields__ if name in form]


@blueprint.post("/settings/<group>")
@login_required  # type: ignore[untyped-decorator]
def save(site_id: UUID, group: str) -> Response | tuple[str, int]:
    """Save one group of settings, or restore its defaults."""
    site = site_to_run(site_id)
    if group not in GROUPS:
        abort(404)
    form = _form(group, site, sent=True)
    if group in _CONFIRMED or _leads_header_elsewhere(site, form):
        confirm_identity()
    if request.form.get("restore"):
        defaults = SiteSettings()
        restored = {name: getattr(defaults, name) for name in _fields_of_settings(form)}
        change_site(db_session(), signed_in(), site, **restored)
        flash(_("Defaults restored: %(group)s", group=form.title), "info")
    elif form.validate_on_submit() and _check_by_domain(site, form) and _store(site, form):
        flash(_("Saved: %(group)s", group=form.title), "info")
    else:
        return _page(site, group, form), 422
    return redirect(url_for("settings.show", site_id=site_id, _anchor=group))


@blueprint.post("/settings/<group>/check")
@login_required  # type: ignore[untyped-decorator]
def check(site_id: UUID, group: str) -> dict[str, str]:
    """Check one group without saving it. Answers the errors by field."""
    site = site_to_run(site_id)
    if group not in GROUPS:
        abort(404)
    form = _form(group, site, sent=True)
    form.validate()
    _check_by_domain(site, form)
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name}


def _check_by_domain(site: Site, form: GroupForm) -> bool:
    """Check the values by the rules of the domain. Put each refusal at its field."""
    for name in invalid_settings({name: form[name].data for name in _fields_of_settings(form)}):
        if not form[name].errors:
            form[name].errors = [setting_error(name)]
    if "routes" in form and not form.routes.errors:
        with refusals_in(form, "routes"):
            check_routes(db_session(), site, form.routes.rules())
    if "origins" in form and not form.origins.errors:
        with refusals_in(form):
            origin_patterns(form.origins.data)
    return not form.errors


def _store(site: Site, form: GroupForm) -> bool:
    """Store the group. Returns False if the service refused it, and tells why in the form."""
    site_fields = {name: form[name].data for name in ("name", "origins") if name in form}
    if _lacks_header_value(site, form):
        form.form_errors = [_("Enter the value of the secret header too.")]
        return False
    with refusals_in(form):
        change_site(db_session(), signed_in(), site, **site_fields, **form.settings())
        if "fetch_header_name" in form:
            _change_header(site, form)
    return not form.errors


def _lacks_header_value(site: Site, form: GroupForm) -> bool:
    """Return whether the form names another secret header, but not its value."""
    if "fetch_header_name" not in form:
        return False
    name = (form.fetch_header_name.data or "").strip()
    return name not in ("", site.fetch_header_name) and not form.fetch_header_value.data


def _change_header(site: Site, form: GroupForm) -> None:
    name, value = (form.fetch_header_name.data or "").strip(), form.fetch_header_value.data
    if name and value:
        key = wiring().settings.secret_keys
        set_fetch_header(db_session(), signed_in(), site, name, value, secret_keys=key)
    elif name != (site.fetch_header_name or ""):
        drop_fetch_header(db_session(), signed_in(), site)
