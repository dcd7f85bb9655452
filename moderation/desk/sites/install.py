"""The Install page of a site: the snippet, a check of the site's page, test reports, the widget's health."""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.session import signed_in
from moderation.desk.sites.sites import site_to_run
from moderation.domain.sites.urls import InvalidUrl
from moderation.models import Site
from moderation.services.intake.reader_hash import reader_hash
from moderation.services.sites import administer as site_admin
from moderation.services.sites import installation
from moderation.services.sites.widget_health import health_of
from moderation.services.triage.remove_tests import remove_tests
from moderation.web.errors import problem_of
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("install", __name__, url_prefix="/desk/sites/<uuid:site_id>")


@blueprint.get("/embed")
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID) -> str:
    """Show the Install page."""
    return _page(site_to_run(site_id))


def _page(site: Site, *, page_url: str | None = None, wrong: str = "") -> str:
    now, settings = datetime.now(UTC), wiring().settings
    health = health_of(db_session(), site, now)
    progress = installation.progress_of(db_session(), site, now, is_alive=health.is_alive)
    snippet = f'<script async src="{settings.base_url}/widget.js" data-site-key="{site.site_key}"></script>'
    letter = render_template("email/snippet.txt", site=site, snippet=snippet, service=settings.base_url)
    address = page_url or progress.installation.page_url or installation.first_page(site)
    return render_template(
        "desk/site_install.html",
        site=site,
        base_url=settings.base_url,
        snippet=snippet,
        letter=letter,
        mailto=_mailto(_("Corrigenda on our site"), letter),
        progress=progress,
        health=health,
        page_url=address,
        private_host=urlsplit(progress.installation.page_url or "").netloc,
        wrong=wrong,
    )


def _mailto(subject: str, body: str) -> str:
    return "mailto:?" + urlencode({"subject": subject, "body": body}, quote_via=quote)


@blueprint.get("/embed/progress")
@login_required  # type: ignore[untyped-decorator]
def progress(site_id: UUID) -> str:
    """Answer the results of the checklist alone, for a page that waits."""
    site, now = site_to_run(site_id), datetime.now(UTC)
    health = health_of(db_session(), site, now)
    state = installation.progress_of(db_session(), site, now, is_alive=health.is_alive)
    return render_template(
        "desk/site_install_results.html",
        site=site,
        progress=state,
        health=health,
        private_host=urlsplit(state.installation.page_url or "").netloc,
    )


@blueprint.post("/embed/check")
@login_required  # type: ignore[untyped-decorator]
def check(site_id: UUID) -> BaseResponse | tuple[str, int]:
    """Have a page of the site checked."""
    site, url = site_to_run(site_id), request.form.get("url", "")
    try:
        installation.ask_check(db_session(), site, url, datetime.now(UTC))
    except (InvalidUrl, installation.ForeignDomain) as error:
        return _page(site, page_url=url, wrong=problem_of(error).detail), 422
    return redirect(url_for("install.show", site_id=site_id, _anchor="page"))


@blueprint.post("/embed/test")
@login_required  # type: ignore[untyped-decorator]
def test(site_id: UUID) -> BaseResponse:
    """Start or end a test, or remove the test reports."""
    site, now, action = site_to_run(site_id), datetime.now(UTC), request.form.get("action")
    if action == "start":
        secret_keys = wiring().settings.secret_keys
        reader = reader_hash(secret_keys, request.remote_addr or "", now.date())
        installation.start_test(db_session(), site, reader, now)
    elif action == "remove":
        remove_tests(db_session(), site, now)
        flash(_("Test reports removed"), "info")
    else:
        installation.end_test(db_session(), site)
    wiring().sites.forget()
    return redirect(url_for("install.show", site_id=site_id, _anchor="test"))


@blueprint.post("/embed/checklist")
@login_required  # type: ignore[untyped-decorator]
def checklist(site_id: UUID) -> BaseResponse:
    """Hide the checklist, or show it again."""
    now = datetime.now(UTC) if request.form.get("hide") else None
    installation.hide_checklist(db_session(), site_to_run(site_id), now)
    return redirect(url_for("install.show", site_id=site_id))


@blueprint.get("/preview")
@login_required  # type: ignore[untyped-decorator]
def preview(site_id: UUID) -> Response:
    """A page with the widget, for the preview frame of the Install page only."""
    page = Response(render_template("desk/site_preview.html", site=site_to_run(site_id)))
    page.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    )
    return page


@blueprint.post("/key")
@login_required  # type: ignore[untyped-decorator]
def rotate(site_id: UUID) -> BaseResponse:
    """Create a new key; the old one works for another week."""
    site = site_to_run(site_id)
    if request.form.get("end"):
        site_admin.end_previous_key(db_session(), signed_in(), site)
        flash(_("Old key disabled"), "info")
    else:
        site_admin.rotate_key(db_session(), signed_in(), site, datetime.now(UTC))
        flash(_("New key created. The old key keeps working until you replace it on your pages."), "info")
    return redirect(url_for("install.show", site_id=site_id, _anchor="key"))
