"""Passkeys: add and remove them on the profile, sign in with one.

A browser asks for options first. Their challenge is in its session cookie, is valid for a few minutes and
works once. The options for a new passkey are given only after the identity was confirmed.
"""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as AnyResponse

from moderation.desk.account.challenge import new_challenge, relying_party, use_challenge
from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import enter, session_id, signed_in
from moderation.desk.account.sign_in import next_page
from moderation.services.accounts import passkeys, two_factor
from moderation.services.accounts.second_factor import is_required
from moderation.web.extensions import db_session, limiter
from moderation.web.problems import Problem
from moderation.web.report_request import client_network, client_wide_network, has_no_wide_network
from moderation.web.wiring import wiring

blueprint = Blueprint("passkeys", __name__, url_prefix="/desk")
_SIGN_IN = "sign in"
_LONGEST_NAME = 100


@blueprint.post("/account/passkeys/options")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: f"passkey {signed_in().id}")
def options() -> Response:
    """Answer the options for a new passkey, after the identity was confirmed."""
    party = relying_party()
    _name()
    confirm_identity()
    return _json(passkeys.options_to_add(party, signed_in(), new_challenge(str(session_id()))))


@blueprint.post("/account/passkeys")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: f"passkey {signed_in().id}")
def add() -> AnyResponse:
    """Add the passkey that the browser made."""
    challenge = use_challenge(str(session_id()))
    if challenge is None:
        raise passkeys.Refused("challenge_used_or_old")
    passkeys.add(
        db_session(), relying_party(), signed_in(), name=_name(), challenge=challenge, answer=_answer()
    )
    flash(_("Passkey added"), "info")
    return redirect(url_for("account.show"))


@blueprint.post("/account/passkeys/<uuid:passkey_id>/remove")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: f"passkey {signed_in().id}")
def remove(passkey_id: UUID) -> AnyResponse:
    """Remove a passkey of the account."""
    confirm_identity()
    editor = signed_in()
    is_last_factor = len(editor.passkeys) == 1 and not two_factor.is_on(editor)
    if is_last_factor and is_required(db_session(), editor):
        raise Problem(
            403, _("Two-factor authentication is required here. Turn it on or add another passkey first.")
        )
    if not passkeys.remove(db_session(), editor, passkey_id):
        raise Problem(404, _("There is no such passkey in your account."))
    flash(_("Passkey removed"), "info")
    return redirect(url_for("account.show"))


@blueprint.post("/sign-in/passkey/options")
@limiter.limit("20 per minute", key_func=client_network)
@limiter.limit("320 per minute", key_func=client_wide_network, exempt_when=has_no_wide_network)
def sign_in_options() -> Response:
    """Answer the options for a sign-in. They are the same for everybody and name no account."""
    return _json(passkeys.options_to_sign_in(relying_party(), new_challenge(_SIGN_IN)))


@blueprint.post("/sign-in/passkey")
@limiter.limit("20 per minute", key_func=client_network)
@limiter.limit("320 per minute", key_func=client_wide_network, exempt_when=has_no_wide_network)
def sign_in() -> AnyResponse:
    """Sign in with a passkey. It counts as two factors, so no code is asked for."""
    editor = passkeys.sign_in(
        db_session(),
        relying_party(),
        challenge=use_challenge(_SIGN_IN),
        answer=_answer(),
        now=datetime.now(UTC),
        sso_days=wiring().settings.sso_token_days,
    )
    if editor is None:
        raise Problem(403, _("This passkey was not accepted. Try again, or sign in another way."))
    session.pop("half", None)
    enter(editor, "passkey", confirmed_at=datetime.now(UTC))
    return redirect(next_page(editor))


def _answer() -> str:
    answer = request.form.get("credential", "")
    if not 0 < len(answer) <= passkeys.LONGEST_ANSWER:
        raise passkeys.Refused("invalid_answer")
    return answer


def _name() -> str:
    name = " ".join(request.form.get("name", "").split())
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise Problem(422, _("Give the passkey a name of at most %(num)d characters.", num=_LONGEST_NAME))
    return name


def _json(options: str) -> Response:
    return Response(options, content_type="application/json")
