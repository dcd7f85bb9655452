"""Change the email of the account."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import EmailField, SubmitField
from wtforms.validators import InputRequired, Length

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_in
from moderation.services.accounts import email_change
from moderation.web.extensions import db_session, limiter
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

blueprint = Blueprint("email", __name__, url_prefix="/desk/account/email")


class EmailForm(FlaskForm):  # type: ignore[misc]
    """Form for a new email."""

    email = EmailField(lazy_gettext("New email"), [InputRequired(), Length(max=320)])


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The button that confirms a new email. Mail programs open links by themselves, but send no forms."""

    submit = SubmitField(lazy_gettext("Use this email"))


@blueprint.route("", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("5 per hour", key_func=lambda: f"email {signed_in().id}", methods=["POST"])
def ask() -> str | Response | tuple[str, int]:
    """Ask for another email. A link is mailed to it."""
    if not wiring().settings.smtp_url:
        raise Problem(404, _("Email is not set up, so a new address cannot be confirmed."))
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("desk/email.html", form=form), 422 if form.is_submitted() else 200
    confirm_identity()
    with refusals_in(form):
        email_change.ask(db_session(), signed_in(), form.email.data, datetime.now(UTC))
        flash(_("We have sent a link to the new address. Until you open it, nothing changes."), "info")
        return redirect(url_for("account.show"))
    return render_template("desk/email.html", form=form), 422


@blueprint.route("/<token>", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def confirm(token: str) -> str | Response | tuple[str, int]:
    """Use the new email, whose owner followed the link."""
    editor, key = signed_in(), wiring().settings.secret_keys
    change = email_change.find_change(db_session(), key, editor, token, datetime.now(UTC))
    form, about = ConfirmForm(), {"title": _("New email"), "about": change.email}
    if not form.validate_on_submit():
        return render_template("desk/one_form.html", form=form, **about)
    email_change.complete(db_session(), editor, change)
    flash(_("Email changed"), "info")
    return redirect(url_for("account.show"))
