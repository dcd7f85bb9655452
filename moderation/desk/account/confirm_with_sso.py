"""Confirm who is at the desk with a fresh sign-in at the identity provider.

The provider is asked to sign the person in again (`prompt=login`, `max_age=0`). Its token must say that this
happened just now (`auth_time`), because a provider may ignore what it is asked.
"""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug import Response

from moderation.desk.account.confirm_identity import factors, note_provider
from moderation.desk.account.session import session_id, signed_in
from moderation.services.accounts import confirmation
from moderation.services.accounts.identity import Identity
from moderation.web.extensions import db_session
from moderation.web.local_path import local_path
from moderation.web.problems import Problem

_ASKED = "sso_confirm"
_FRESH = timedelta(minutes=2)


def ask_again() -> dict[str, object]:
    """Return the parameters that ask the provider for a fresh sign-in, and remember where to go then."""
    state, back = token_urlsafe(24), local_path(request.args.get("next"), _profile(), under="/desk")
    session[_ASKED] = [state, str(session_id()), back]
    return {"state": state, "prompt": "login", "max_age": 0}


def is_confirmation() -> bool:
    """Return whether this return from the provider was asked for by `ask_again` in this session."""
    state, for_session, _back = session.get(_ASKED, ("", "", ""))
    is_ours = bool(state) and request.args.get("state") == state
    return is_ours and current_user.is_authenticated and str(session_id()) == for_session


def check_person(identity: Identity) -> None:
    """Check that the signed-in person came back, and signed in just now. Raises Problem: 403."""
    if identity.subject != signed_in().oidc_subject:
        raise Problem(403, _("You signed in as somebody else. Sign in with the account that you use here."))
    if identity.signed_in_before is None:
        raise Problem(403, _("The identity provider did not say when you signed in (auth_time)."))
    if not timedelta(0) <= identity.signed_in_before <= _FRESH:
        raise Problem(403, _("The identity provider did not ask you to sign in again. Sign out there first."))


def complete(identity: Identity) -> Response:
    """Confirm the identity, or ask for a code of ours, and lead back."""
    back = session.pop(_ASKED)[2]
    needed, now = factors(), datetime.now(UTC)
    if needed.only_passkey or needed.code:
        note_provider()
        return redirect(url_for("confirm.show", next=back))
    signed_in_at = now - (identity.signed_in_before or timedelta(0))
    confirmation.confirm(db_session(), signed_in(), session_id(), signed_in_at, "sso")
    return redirect(back)


def fresh_sign_in(identity: Identity) -> datetime | None:
    """Return when the person signed in at the provider, if that was just now; else None."""
    before = identity.signed_in_before
    return datetime.now(UTC) - before if before is not None and timedelta(0) <= before <= _FRESH else None


def _profile() -> str:
    return url_for("account.show")
