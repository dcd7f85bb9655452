"""Secret links sent by mail: password reset and invitations."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import EmailField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from moderation.desk.account.device import account_key
from moderation.desk.account.session import enter, signed_in
from moderation.desk.refusals import refusals_in
from moderation.domain.accounts.passwords import LONGEST, SHORTEST
from moderation.models import Invitation
from moderation.services.accounts import password_reset
from moderation.services.accounts.editors import editor_by_email
from moderation.services.sites import members
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.accounts import SHORTEST_PASSWORD
from moderation.web.problems import Problem
from moderation.web.report_request import client_network, client_wide_network, has_no_wide_network
from moderation.web.wiring import wiring

_Form = TypeVar("_Form", bound=FlaskForm)
blueprint = Blueprint("links", __name__, url_prefix="/desk")


class AskForm(FlaskForm):  # type: ignore[misc]
    """Form that asks for a reset link."""

    email = EmailField(lazy_gettext("Email"), [InputRequired(), Length(max=320)])
    submit = SubmitField(lazy_gettext("Send reset link"))


def _password_field(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(), Length(SHORTEST, LONGEST)],
        description=SHORTEST_PASSWORD,
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """Form for a new password."""

    password = _password_field(lazy_gettext("New password"))
    submit = SubmitField(lazy_gettext("Set password"))


class JoinForm(FlaskForm):  # type: ignore[misc]
    """Form for a new account."""

    name = StringField(lazy_gettext("Display name"), [InputRequired(), Length(max=100)])
    password = _password_field(lazy_gettext("Password"))
    submit = SubmitField(lazy_gettext("Accept invitation"))


def _asked_account() -> str:
    """Key of the limit per account, whether it exists or not. It keeps mailboxes from being filled."""
    return f"reset {account_key(request.form.get('email', ''))}"


@blueprint.route("/reset", methods=["GET", "POST"])
@limiter.limit("5 per 15 minutes", key_func=client_network, methods=["POST"])
@limiter.limit(
    "80 per 15 minutes", key_func=client_wide_network, methods=["POST"], exempt_when=has_no_wide_network
)
@limiter.limit("5 per hour", key_func=_asked_account, methods=["POST"])
def ask() -> str | Response:
    """Ask for a link to a new password. The answer does not tell which addresses exist."""
    form = AskForm()
    if not wiring().settings.smtp_url:
        raise Problem(404, _("Email is not set up. Ask the owner to reset your password."))
    if form.validate_on_submit():
        password_reset.ask(db_session(), form.email.data, datetime.now(UTC))
        flash(_("If an account exists for this email, we have sent a link."), "info")
        return redirect(url_for("sign_in.show"))
    return render_template("desk/one_form.html", title=_("New password"), form=form)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> str | Response | tuple[str, int]:
    """Set a new password."""
    found = password_reset.find_reset(db_session(), wiring().settings.secret_keys, token, datetime.now(UTC))

    def complete(form: NewPasswordForm) -> Response:
        password_reset.complete(db_session(), found, form.password.data)
        flash(_("Password set. API tokens were revoked. Sign in."), "info")
        return redirect(url_for("sign_in.show"))

    return _password_page(NewPasswordForm(), complete, title=_("New password"))


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> str | Response | tuple[str, int]:
    """Accept an invitation: with the account of this email, or with a new one."""
    invite = members.find_invitation(db_session(), wiring().settings.secret_keys, token, datetime.now(UTC))
    account = editor_by_email(db_session(), invite.email)
    if account is not None:
        return _join_with_account(invite)

    def join(form: JoinForm) -> Response:
        editor = members.join_anew(db_session(), invite, form.name.data or "", form.password.data)
        enter(editor, "invitation", is_new_account=True, confirmed_at=datetime.now(UTC))
        return redirect(url_for("queue.show"))

    return _password_page(JoinForm(), join, title=_title(invite), about=invite.email)


def _password_page(
    form: _Form, save: Callable[[_Form], Response], **about: str
) -> str | Response | tuple[str, int]:
    """Show a form with a new password, and save it."""
    if form.validate_on_submit():
        with refusals_in(form):
            return save(form)
        return render_template("desk/one_form.html", form=form, **about), 422
    return render_template("desk/one_form.html", form=form, **about)


def _join_with_account(invite: Invitation) -> str | Response:
    if not current_user.is_authenticated or signed_in().email != invite.email:
        flash(_("Sign in as %(email)s to accept the invitation.", email=invite.email), "info")
        return redirect(url_for("sign_in.show", next=request.path))
    if request.method == "POST":
        members.join_with_account(db_session(), invite, signed_in())
        return redirect(url_for("queue.show"))
    return render_template("desk/one_form.html", title=_title(invite), form=None, about=invite.email)


def _title(found: Invitation) -> str:
    title: str = _("Join %(site)s on Corrigenda", site=found.site.name)
    return title
