"""Signing in and out."""

from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import UserMixin, current_user, login_required, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import EmailField, PasswordField, SubmitField
from wtforms.validators import InputRequired, Length

from moderation.extensions import db_session, limiter, login_manager
from moderation.models import Editor
from moderation.services.editors import LONGEST_PASSWORD, find_editor, sign_in

blueprint = Blueprint("account", __name__, url_prefix="/desk")


class SignedIn(UserMixin):  # type: ignore[misc]
    """An editor as Flask-Login knows them."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    def get_id(self) -> str:
        """The editor's id."""
        return str(self.editor.id)


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail address and password."""

    email = EmailField(
        lazy_gettext("E-mail"),
        [InputRequired(), Length(max=320)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField(lazy_gettext("Sign in"))


class SignOutForm(FlaskForm):  # type: ignore[misc]
    """Only a CSRF token."""


def register_login(app: Flask) -> None:
    """Tell Flask-Login how to find editors, and templates who is signed in."""
    login_manager.login_view = "account.sign_in_page"
    login_manager.login_message = None
    app.context_processor(lambda: {"sign_out_form": SignOutForm} if current_user.is_authenticated else {})


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(editor_id: str) -> SignedIn | None:
    editor = find_editor(db_session(), UUID(editor_id))
    return SignedIn(editor) if editor else None


def signed_in() -> Editor:
    """The editor whose session this is; only behind login_required."""
    editor: Editor = current_user.editor
    return editor


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("20 per minute", key_func=lambda: request.remote_addr or "", methods=["POST"])
def sign_in_page() -> str | Response | tuple[str, int]:
    """Ask for address and password."""
    if current_user.is_authenticated:
        return redirect(url_for("queue.show"))
    form = SignInForm()
    if form.validate_on_submit():
        editor = sign_in(db_session(), form.email.data, form.password.data)
        if editor is not None:
            login_user(SignedIn(editor))
            return redirect(_next())
        form.password.errors = [_("The address and the password do not belong together.")]
        return render_template("desk/sign_in.html", form=form), 403
    return render_template("desk/sign_in.html", form=form)


@blueprint.post("/sign-out")
@login_required  # type: ignore[untyped-decorator]
def sign_out() -> Response:
    """End the session."""
    logout_user()
    flash(_("You are signed out."), "info")
    return redirect(url_for("account.sign_in_page"))


def _next() -> str:
    """Where the editor wanted to go: a path of the desk, nothing else."""
    path = request.args.get("next", "")
    return (
        path if path.startswith("/desk") and "\\" not in path and "//" not in path else url_for("queue.show")
    )
