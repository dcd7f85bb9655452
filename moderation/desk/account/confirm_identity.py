"""Ask again who is at the desk before a change that would let a stolen session in for good."""

from datetime import UTC, datetime, timedelta

from flask import request
from flask_babel import gettext as _

from moderation.desk.account.session import session_id, signed_in
from moderation.models import DeskSession
from moderation.services.accounts import two_factor
from moderation.services.accounts.editors import sign_in
from moderation.web.extensions import db_session
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

_RECENT = timedelta(minutes=15)


def confirm_identity() -> None:
    """Check the password in the form. Raises Problem: 403.

    Accounts with SSO have no password: they send a code if they use two-factor authentication, otherwise
    they must have signed in within the last 15 minutes.
    """
    editor, now = signed_in(), datetime.now(UTC)
    if editor.password_hash is not None:
        if sign_in(db_session(), editor.email, request.form.get("password", "")) is None:
            raise Problem(403, _("Wrong password."))
    elif two_factor.is_on(editor):
        secret_keys, code = wiring().settings.secret_keys, request.form.get("password", "")
        if not two_factor.check(db_session(), secret_keys, editor, code, now):
            raise Problem(403, _("Wrong code, or it was already used."))
    elif db_session().get_one(DeskSession, session_id()).created_at < now - _RECENT:
        raise Problem(403, _("Sign out and sign in again with SSO, then repeat this."))
