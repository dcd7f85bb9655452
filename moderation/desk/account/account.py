"""The profile: name, password, two-factor authentication, sessions, API tokens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.qr_code import qr_code
from moderation.desk.account.session import session_id, signed_in
from moderation.desk.refusals import refusals_in
from moderation.domain.accounts.passwords import LONGEST, SHORTEST
from moderation.models.token import SCOPES
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts import two_factor
from moderation.services.accounts.editors import change_password, rename
from moderation.services.accounts.passkeys import relying_party
from moderation.services.accounts.second_factor import is_required
from moderation.services.accounts.tokens import add_token, drop_token, tokens_of
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.accounts import SHORTEST_PASSWORD, WRONG_PASSWORD
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

blueprint = Blueprint("account", __name__, url_prefix="/desk/account")
_DAYS = {"30": 30, "90": 90, "365": 365, "never": None}


class NameForm(FlaskForm):  # type: ignore[misc]
    """Form for the display name."""

    name = StringField(lazy_gettext("Display name"), [Length(max=100)])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Form for changing the password."""

    old = PasswordField(lazy_gettext("Current password"), [InputRequired(), Length(max=LONGEST)])
    new = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(), Length(SHORTEST, LONGEST)],
        description=SHORTEST_PASSWORD,
    )


class TokenForm(FlaskForm):  # type: ignore[misc]
    """Form for a new token: name, permissions and expiry."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    scopes = SelectMultipleField(choices=list(SCOPES), validators=[InputRequired()])
    days = SelectField(choices=list(_DAYS))


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """The profile page."""
    return _page()


def _page(**more: object) -> str:
    editor = signed_in()
    return render_template(
        "desk/account.html",
        **{
            "name_form": NameForm(obj=editor, formdata=None),
            "password_form": PasswordForm(formdata=None),
            "token_form": TokenForm(formdata=None),
            "sessions": desk_sessions.sessions_of(db_session(), editor),
            "this_session": session_id(),
            "tokens": tokens_of(db_session(), editor),
            "scopes": SCOPES,
            "days": tuple(_DAYS),
            "has_mail": bool(wiring().settings.smtp_url),
            "has_passkeys": relying_party(wiring().settings.base_url) is not None,
            "has_codes": two_factor.is_on(editor),
            "codes_left": len(editor.recovery_digests),
        }
        | more,
    )


@blueprint.post("/name")
@login_required  # type: ignore[untyped-decorator]
def name() -> str | Response | tuple[str, int]:
    """Change the display name."""
    form = NameForm()
    if form.validate_on_submit():
        with refusals_in(form):
            rename(db_session(), signed_in(), form.name.data or "")
            return _done(_("Settings saved"))
    return _page(name_form=form), 422


@blueprint.post("/password")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id))
def password() -> str | Response | tuple[str, int]:
    """Change the password, and end the other sessions."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(password_form=form), 422
    if two_factor.is_on(signed_in()):
        confirm_identity(field="old")
    with refusals_in(form, "new"):
        if change_password(db_session(), signed_in(), form.old.data, form.new.data, keep=session_id()):
            return _done(_("Password changed. Other sessions and API tokens ended."))
        form.old.errors = [WRONG_PASSWORD]
    return _page(password_form=form), 422


@blueprint.post("/tokens")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id))
def make_token() -> str | tuple[str, int]:
    """Create a token and show it once."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(token_form=form), 422
    confirm_identity()
    days = _DAYS[form.days.data]
    token = add_token(
        db_session(),
        signed_in(),
        form.name.data,
        scopes=form.scopes.data,
        expires_at=datetime.now(UTC) + timedelta(days=days) if days else None,
    )
    return _page(made=token)


@blueprint.post("/tokens/<uuid:token_id>/drop")
@login_required  # type: ignore[untyped-decorator]
def end_token(token_id: UUID) -> Response:
    """Revoke a token."""
    drop_token(db_session(), signed_in(), token_id)
    return _done(_("Token revoked"))


@blueprint.route("/codes", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id), methods=["POST"])
def codes() -> str | Response | tuple[str, int]:
    """Turn on two-factor authentication: show the secret, check a code, show the recovery codes once."""
    editor = signed_in()
    if two_factor.is_on(editor):
        return redirect(url_for("account.show"))
    secret_keys = wiring().settings.secret_keys
    secret = two_factor.pending_secret(db_session(), secret_keys, session_id())
    uri = two_factor.provisioning_uri(editor, secret)
    shown = {"secret": secret, "uri": uri, "qr": qr_code(uri)}
    if request.method == "GET":
        has_passkeys = relying_party(wiring().settings.base_url) is not None
        return render_template("desk/codes.html", has_passkeys=has_passkeys, **shown)
    confirm_identity()
    recovery = two_factor.turn_on(
        db_session(),
        secret_keys,
        editor,
        secret=secret,
        code=request.form.get("code", "").replace(" ", ""),
        now=datetime.now(UTC),
        keep=session_id(),
    )
    if recovery is None:
        wrong = _("Wrong code. Check that your phone's clock is correct.")
        return render_template("desk/codes.html", wrong=wrong, **shown), 422
    return render_template("desk/recovery_codes.html", codes=recovery)


@blueprint.post("/codes/renew")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id))
def renew_codes() -> str:
    """Replace the recovery codes."""
    confirm_identity()
    secret_keys = wiring().settings.secret_keys
    recovery = two_factor.new_recovery_codes(db_session(), secret_keys, signed_in())
    return render_template("desk/recovery_codes.html", codes=recovery)


@blueprint.post("/codes/file")
@login_required  # type: ignore[untyped-decorator]
def codes_file() -> Response:
    """Answer the recovery codes of the page that shows them as a file. They are stored nowhere else."""
    codes = [code for code in request.form.getlist("code") if two_factor.is_recovery_code(code)]
    head = [f"Corrigenda: {_('Recovery codes')}", wiring().settings.base_url, signed_in().email, ""]
    return Response(
        "\n".join([*head, *codes, ""]),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="corrigenda-recovery-codes.txt"'},
    )


@blueprint.post("/codes/off")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id))
def codes_off() -> Response:
    """Turn off two-factor authentication."""
    confirm_identity()
    if is_required(db_session(), signed_in()):
        raise Problem(403, _("Two-factor authentication is required here, so it cannot be turned off."))
    two_factor.turn_off(db_session(), signed_in())
    return _done(_("Two-factor authentication is off"))


def _done(message: str) -> Response:
    flash(message, "info")
    return redirect(url_for("account.show"))
