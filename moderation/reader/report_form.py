"""The form for readers without scripts: the same report, the same limits, no cookie."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from moderation.domain.sites import limits
from moderation.domain.sites.urls import InvalidUrl, allows, origin_of
from moderation.models.report import KINDS
from moderation.services.sites.directory import KnownSite
from moderation.web.extensions import csrf
from moderation.web.labels.kinds import kind_label
from moderation.web.problems import Problem
from moderation.web.report_request import Accepted, Draft, accept, know_reader, known_site, limited, page_of
from moderation.web.wiring import wiring

# Nobody reads and fills the form faster; whoever takes longer than a day starts again.
FASTEST_SECONDS = 2
_SLOWEST_SECONDS = 24 * 3600

blueprint = Blueprint("form", __name__)
know_reader(blueprint)
# No cookie says who the reader is, so there is nothing to forge: `started` is signed instead.
csrf.exempt(blueprint)


class ReportForm(FlaskForm):  # type: ignore[misc]
    """What a reader fills in. `website` is for machines: people do not see it."""

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

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = [("", _("Not specified")), *((kind, kind_label(kind)) for kind in KINDS)]

    def validate_website(self, field: StringField) -> None:
        """A trap. A person whose browser filled it in can empty it."""
        if field.data:
            raise ValidationError(_("Clear this field: your browser may have filled it in."))

    def validate_started(self, field: HiddenField) -> None:
        """The form was opened here, not long ago and not just now."""
        try:
            opened = _signer().loads(field.data or "", max_age=_SLOWEST_SECONDS)
        except BadData:
            raise ValidationError(_("This form has expired. Please press Send once more.")) from None
        if datetime.now(UTC).timestamp() - opened < FASTEST_SECONDS:
            raise ValidationError(_("Please press Send once more."))


@blueprint.route("/report", methods=["GET", "POST"])
@limited
def report() -> Response:
    """Show the form, or take what it brings."""
    site = known_site(request.args.get("site", ""))
    form = ReportForm()
    if request.method == "GET":
        form.url.data = request.args.get("url") or _referring_page(site)
        form.exact.data = request.args.get("text", "")[: limits.EXACT_LENGTH]
        return _page(form, site)
    if not form.validate_on_submit():
        return _page(form, site, 422)
    try:
        page_of(site, form.url.data)
        accepted = accept(site, _draft(form))
    except Problem as problem:
        if problem.status not in (403, 422):
            raise
        form.url.errors = [*form.url.errors, _reason(problem)]
        return _page(form, site, problem.status)
    return _thanks(accepted)


def _draft(form: ReportForm) -> Draft:
    def text(field: TextAreaField) -> str | None:
        return (field.data or "").replace("\r\n", "\n").strip() or None

    return Draft(
        url=form.url.data.strip(),
        exact=text(form.exact) or "",
        correction=text(form.correction),
        comment=text(form.comment),
        kind=form.kind.data or None,
    )


def _reason(problem: Problem) -> str:
    """The refusal in the reader's words."""
    pointer = problem.errors[0].pointer if problem.errors else ""
    words = {
        "/url": _("Enter the full page address, starting with https://"),
        "/quote/exact": _("Enter the passage with the typo."),
        "/correction": _("The correction contains a word this site does not allow."),
        "/comment": _("The comment contains a word this site does not allow."),
    }
    if pointer in words:
        return str(words[pointer])
    if problem.status == 403 and not pointer:
        return str(
            _(
                "We can't accept this report: the page belongs to another site, "
                "or you have sent too many reports today."
            )
        )
    return problem.detail


def _referring_page(site: KnownSite) -> str:
    """The page that the reader came from, when it is the site's."""
    referrer = request.referrer or ""
    try:
        return referrer if allows(site.origins, origin_of(referrer)) else ""
    except InvalidUrl:
        return ""


def _page(form: ReportForm, site: KnownSite, status: int = 200) -> Response:
    form.started.data = _signer().dumps(datetime.now(UTC).timestamp())
    page = render_template("reader/report.html", form=form, rules=site.settings.ground_rules)
    return Response(page, status, headers={"X-Robots-Tag": "noindex", "Cache-Control": "no-store"})


def _thanks(accepted: Accepted) -> Response:
    page = render_template("reader/thanks.html", receipt_url=accepted.receipt_url)
    return Response(page, headers={"X-Robots-Tag": "noindex", "Cache-Control": "no-store"})


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(wiring().settings.secret_key, salt="report form")
