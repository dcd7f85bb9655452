"""The report form for readers without scripts. It has the rules and limits of the API, and no cookie."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from moderation.domain.sites import limits
from moderation.domain.sites.urls import InvalidUrl, allows, origin_of
from moderation.models.report import KINDS
from moderation.reader.receipt import can_mail
from moderation.services.intake import form_token
from moderation.services.intake.accept import Refused
from moderation.services.intake.draft import Draft, DraftQuote, Sender
from moderation.services.intake.receipts import receipt_token
from moderation.services.intake.report_limits import Counted
from moderation.services.sites.directory import KnownSite
from moderation.web.commits import note_report
from moderation.web.errors import problem_of_report
from moderation.web.extensions import csrf, limiter
from moderation.web.labels.kinds import kind_label
from moderation.web.labels.report_refusals import refusal_label
from moderation.web.report_request import (
    find_site,
    identify_reader,
    receipt_url,
    require_own_origin,
)
from moderation.web.wiring import wiring

LIMIT_INSTEAD_OF_PROOF = "5 per hour"
"""Limit per reader on sites that require a proof of work, because the form cannot send one."""
SITE_LIMIT_INSTEAD_OF_PROOF = "60 per hour"
"""For all readers of a site together."""

blueprint = Blueprint("form", __name__)
identify_reader(blueprint)
# The form has no cookie. The token in `started` and the Origin header protect it instead.
csrf.exempt(blueprint)


class ReportForm(FlaskForm):  # type: ignore[misc]
    """The fields of the report form. `website` is a honeypot: bots fill it in, people do not see it."""

    class Meta:
        csrf = False

    url = StringField(lazy_gettext("Page address"), [InputRequired(), Length(max=limits.URL_LENGTH)])
    exact = TextAreaField(
        lazy_gettext("Passage with the typo"), [InputRequired(), Length(max=limits.EXACT_LENGTH)]
    )
    correction = TextAreaField(lazy_gettext("Correction"), [Optional(), Length(max=limits.CORRECTION_LENGTH)])
    kind = SelectField(lazy_gettext("Type of mistake"), [Optional()])
    comment = TextAreaField(lazy_gettext("Comment"), [Optional(), Length(max=limits.COMMENT_LENGTH)])
    website = StringField(lazy_gettext("Leave this field empty"), [Optional()])
    started = HiddenField()
    is_early = False
    """Whether the form was sent so fast that a program may have done it. Its time goes on running."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = [("", _("Not specified")), *((kind, kind_label(kind)) for kind in KINDS)]

    def validate_website(self, field: StringField) -> None:
        """Refuse a filled honeypot. If a browser filled it in for a person, the person can clear it."""
        if field.data:
            raise ValidationError(_("Clear this field: your browser may have filled it in."))


@blueprint.route("/report", methods=["GET", "POST"])
def report() -> Response:
    """Show the form, or accept the report that it sends."""
    if request.method == "POST":
        wiring().limits.require(g.reader.counted)
    site = find_site(request.args.get("site", ""))
    form = ReportForm()
    if request.method == "GET":
        form.url.data = request.args.get("url") or _referring_page(site)
        form.exact.data = request.args.get("text", "")[: limits.EXACT_LENGTH]
        return _page(form, site)
    require_own_origin()
    if site.settings.proof_of_work:
        _count_instead_of_proof()
        _count_for_site(str(site.id))
    if not (form.validate() and _check_token(form, site)):
        return _page(form, site, 422)
    try:
        token = _accept(site, _draft(form))
    except Refused as refused:
        _field_of(form, refused).errors = [refusal_label(refused.reason)]
        return _page(form, site, problem_of_report(refused).status)
    page = render_template(
        "reader/thanks.html",
        site_name=site.name,
        url=form.url.data,
        receipt_url=receipt_url(wiring(), token),
        token=token,
        offered=can_mail() and site.settings.fix_mail,
    )
    return Response(page, headers={"X-Robots-Tag": "noindex", "Cache-Control": "no-store"})


@limiter.limit(LIMIT_INSTEAD_OF_PROOF, key_func=lambda: "form " + g.reader.hash.hex())
def _count_instead_of_proof() -> None:
    """Do nothing: the decorator checks the limit."""


def _count_for_site(site_id: str) -> None:
    """Count a form on a site that requires a proof of work. Raises RateLimitExceeded.

    Readers without scripts are few. A program with many addresses must not pass where the API asks for work.
    """
    with limiter.limit(SITE_LIMIT_INSTEAD_OF_PROOF, key_func=lambda: f"forms of {site_id}"):
        pass


def _check_token(form: ReportForm, site: KnownSite) -> bool:
    """Check the form's token and mark it as used. Adds an error to the form if the token is wrong."""
    token, shortest = form.started.data or "", _shortest(site)
    try:
        name = form_token.check_form_token(
            wiring().settings.secret_keys, token, site.id, g.reader.hash, datetime.now(UTC), shortest=shortest
        )
    except form_token.FormExpired:
        form.started.errors = [_("This form has expired. Please press Send once more.")]
    except form_token.TooFast as early:
        form.is_early = True
        form.started.errors = [
            ngettext(
                "Your report is not sent yet. Wait %(num)d second, then press Send.",
                "Your report is not sent yet. Wait %(num)d seconds, then press Send.",
                early.seconds,
            )
        ]
    else:
        if wiring().single_use.use(name, form_token.VALID):
            return True
        form.started.errors = [_("This form was sent already. Press Send once more to send another report.")]
    return False


def _shortest(site: KnownSite) -> timedelta:
    return form_token.SHORTEST_INSTEAD_OF_PROOF if site.settings.proof_of_work else form_token.SHORTEST


def _draft(form: ReportForm) -> Draft:
    def text(field: TextAreaField) -> str | None:
        return (field.data or "").replace("\r\n", "\n").strip() or None

    return Draft(
        url=form.url.data.strip(),
        quote=DraftQuote(text(form.exact) or ""),
        correction=text(form.correction),
        comment=text(form.comment),
        kind=form.kind.data or None,
    )


def _accept(site: KnownSite, draft: Draft) -> str:
    """Store the report and return its receipt's token. Raises Refused, TooManyReports."""
    reader, keys = g.reader, wiring().settings.secret_keys
    sender = Sender(reader.hash, is_test=site.is_tested_by(reader.hash, datetime.now(UTC)))
    note_report(request.environ)
    # The reader was counted before.
    report_id = wiring().intake.accept(site, draft, sender, Counted(site=str(site.id)))
    return receipt_token(keys, report_id)


def _field_of(form: ReportForm, refused: Refused) -> Field:
    """Return the form field of a refusal; the first field if the refusal is about the whole report."""
    name = (refused.field or "").rpartition(".")[2]
    fields: dict[str, Field] = form._fields
    return fields.get(name, form.exact)


def _referring_page(site: KnownSite) -> str:
    """Return the URL that the reader came from, if it is a page of the site."""
    referrer = request.referrer or ""
    try:
        return referrer if allows(site.origins, origin_of(referrer)) else ""
    except InvalidUrl:
        return ""


def _page(form: ReportForm, site: KnownSite, status: int = 200) -> Response:
    if not form.is_early:
        form.started.data = form_token.make_form_token(
            wiring().settings.secret_keys, site.id, g.reader.hash, datetime.now(UTC)
        )
    page = render_template(
        "reader/report.html", form=form, site_name=site.name, rules=site.settings.ground_rules
    )
    return Response(page, status, headers={"X-Robots-Tag": "noindex", "Cache-Control": "no-store"})
