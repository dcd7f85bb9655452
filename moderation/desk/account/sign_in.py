"""Sign in and out: password, then a code if the account uses two-factor authentication."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user, login_required, logout_user
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import EmailField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from moderation.desk.account.device import account_key, device_id
from moderation.desk.account.session import enter, session_id, signed_in
from moderation.domain.accounts.passwords import LONGEST
from moderation.models import Editor
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts import two_factor
from moderation.services.accounts.access import sites_of
from moderation.services.accounts.editors import sign_in
from moderation.services.accounts.passkeys import relying_party
from moderation.services.accounts.second_factor import must_use_passkey
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.accounts import PASSKEY_REQUIRED, WRONG_CODE
from moderation.web.local_path import local_path
from moderation.web.report_request import client_network, client_wide_network, has_no_wide_network
from moderation.web.wiring import wiring

blueprint = Blueprint("sign_in", __name__, url_prefix="/desk")
_HALF = "half"
_HALF_GOOD_FOR = timedelta(minutes=10)


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Form for email and password."""

    email = EmailField(
        lazy_gettext("Email"),
        [InputRequired(), Length(max=320)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField(lazy_gettext("Sign in"))


class CodeForm(FlaskForm):  # type: ignore[misc]
    """Form for an authentication code or a recovery code."""

    code = StringField(
        lazy_gettext("Authentication or recovery code"),
        [InputRequired(), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True},
    )
    submit = SubmitField(lazy_gettext("Sign in"))


def _email() -> str:
    return request.form.get("email", "")


def _account() -> str:
    """Key of the limit per account. It also slows down attempts from many addresses.

    A browser that signed in to the account before counts alone, so that strangers do not lock it out.
    """
    return f"account {account_key(_email())} device {device_id(_email())}"


def _account_from_here() -> str:
    """Key of the limit per account and network, so that strangers do not lock the editor out."""
    return f"account {account_key(_email())} from {client_network()}"


def _was_wrong(response: Response) -> bool:
    """Return whether the attempt failed. Only failed attempts count against the account limit."""
    return response.status_code == 403


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("20 per minute", key_func=client_network, methods=["POST"])
@limiter.limit(
    "320 per minute", key_func=client_wide_network, methods=["POST"], exempt_when=has_no_wide_network
)
@limiter.limit("20 per 15 minutes", key_func=_account_from_here, methods=["POST"], deduct_when=_was_wrong)
@limiter.limit("60 per hour", key_func=_account, methods=["POST"], deduct_when=_was_wrong)
def show() -> str | Response | tuple[str, int]:
    """Ask for email and password."""
    if current_user.is_authenticated:
        return redirect(url_for("queue.show"))
    form = SignInForm()
    if form.validate_on_submit():
        editor = sign_in(db_session(), form.email.data, form.password.data)
        if editor is not None and two_factor.is_on(editor):
            return ask_for_code(editor, first_at=datetime.now(UTC))
        if editor is not None and must_use_passkey(db_session(), editor):
            return _page(form, str(PASSKEY_REQUIRED)), 403
        if editor is not None:
            enter(editor, "password", confirmed_at=datetime.now(UTC))
            return redirect(next_page(editor))
        return _page(form, _("Wrong email or password.")), 403
    return _page(form)


def _page(form: SignInForm, wrong: str = "") -> str:
    """Render the form. After a wrong attempt the password field has the focus."""
    settings = wiring().settings
    if wrong:
        form.email.render_kw = {"autocomplete": "username"}
        form.password.render_kw = {"autocomplete": "current-password", "autofocus": True}
    return render_template(
        "desk/sign_in.html",
        form=form,
        wrong=wrong,
        has_oidc=settings.oidc is not None,
        has_mail=bool(settings.smtp_url),
        has_passkeys=relying_party(settings.base_url) is not None,
    )


def _half_and_password() -> str:
    """Key of the limit per day: who knows the password must not try codes for months.

    It holds a digest of the password, so that a new one lets the owner in at once.
    """
    editor_id, _at, _first, state = session.get(_HALF, ("", 0, None, ""))
    return f"codes {editor_id} {state}"


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@limiter.limit("10 per 15 minutes", key_func=lambda: str(session.get(_HALF, [""])[0]), methods=["POST"])
@limiter.limit("40 per day", key_func=_half_and_password, methods=["POST"], deduct_when=_was_wrong)
def code() -> str | Response | tuple[str, int]:
    """Ask for a code, after the password was correct."""
    editor = _half_signed_in()
    if editor is None:
        return redirect(url_for("sign_in.show"))
    form = CodeForm()
    if form.validate_on_submit():
        secret_keys = wiring().settings.secret_keys
        if two_factor.check(db_session(), secret_keys, editor, form.code.data, datetime.now(UTC)):
            enter(editor, "two_factor", confirmed_at=_first_factor_at())
            session.pop(_HALF)
            return redirect(next_page(editor))
        form.code.errors = [WRONG_CODE]
        return render_template("desk/code.html", form=form), 403
    return render_template("desk/code.html", form=form)


def ask_for_code(editor: Editor, *, first_at: datetime | None) -> Response:
    """Go on to the code. `first_at`: when the person showed the first factor, None if that is not known."""
    first = first_at.timestamp() if first_at else None
    session[_HALF] = [str(editor.id), datetime.now(UTC).timestamp(), first, _state_of(editor)]
    return redirect(url_for("sign_in.code", next=request.args.get("next")))


def _half_signed_in() -> Editor | None:
    editor_id, at, _first, state = session.get(_HALF, (None, 0, None, ""))
    if editor_id is None or datetime.now(UTC).timestamp() - at > _HALF_GOOD_FOR.total_seconds():
        return None
    editor = db_session().get(Editor, UUID(editor_id))
    return editor if editor is not None and _state_of(editor) == state else None


def _state_of(editor: Editor) -> str:
    """Return what must not change before the code: the password, and whether the account is disabled."""
    return sha256(f"{editor.disabled_at} {editor.password_hash}".encode()).hexdigest()[:16]


def _first_factor_at() -> datetime | None:
    first = session[_HALF][2]
    return datetime.fromtimestamp(first, UTC) if first else None


@blueprint.post("/sign-out")
@login_required  # type: ignore[untyped-decorator]
def out() -> Response:
    """End the session."""
    desk_sessions.end(db_session(), signed_in(), session_id())
    logout_user()
    flash(_("Signed out"), "info")
    return redirect(url_for("sign_in.show"))


def next_page(editor: Editor) -> str:
    """Return the page to open after sign-in. Only paths of the desk are allowed.

    An owner without any site begins by creating one.
    """
    is_new = editor.is_owner and not sites_of(db_session(), editor)
    first = url_for("sites.index") if is_new else url_for("queue.show")
    asked = request.args.get("next")
    return first if is_new and asked == url_for("queue.home") else local_path(asked, first, under="/desk")
