"""Ask again who is at the desk before a change that would let a stolen session in for good.

The answer is remembered for some minutes. A form may hold the fields of desk/confirm_identity.html. A form
without them is answered with a page that asks, and that sends the form again.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response as AnyResponse

from moderation.desk.account.challenge import relying_party, use_challenge
from moderation.desk.account.session import session_id, signed_in
from moderation.services.accounts import confirmation, passkeys, two_factor
from moderation.services.accounts.editors import sign_in
from moderation.web.errors import wants_json
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.accounts import WRONG_CODE, WRONG_PASSWORD
from moderation.web.local_path import local_path
from moderation.web.wiring import wiring

PASSWORD, CODE, PASSKEY = "password", "identity_code", "identity_passkey"
_ANSWERS = (PASSWORD, CODE, PASSKEY)
_NOT_SENT_AGAIN = frozenset({"csrf_token", *_ANSWERS})
_SECRETS = ("old", "new", "secret")
"""Fields that no page may show again."""
_PROVIDER = "sso_confirmed"


class NotConfirmed(Exception):
    """The request needs a confirmed identity. The text names the error of an answer, if one came."""


def register(app: Flask) -> None:
    """Register the page that asks, and what templates need to ask."""
    app.register_error_handler(NotConfirmed, _ask)
    app.jinja_env.globals.update(
        is_confirmed=is_confirmed,
        identity_factors=factors,
        has_provider=has_provider,
        confirm_minutes=lambda: wiring().settings.confirm_minutes,
    )


def is_confirmed() -> bool:
    """Return whether the person confirmed who they are a short time ago."""
    return confirmation.is_confirmed(db_session(), session_id(), datetime.now(UTC), _valid())


def factors() -> confirmation.Factors:
    """Return what this account must show."""
    return confirmation.factors_of(db_session(), signed_in())


def confirm_identity(*, field: str = PASSWORD) -> None:
    """Check who is there, by the form's fields (`field`: the password). Raises NotConfirmed."""
    if is_confirmed():
        return
    if not any(request.form.get(field) for field in (*_ANSWERS, field)):
        raise NotConfirmed
    with (
        limiter.shared_limit("10 per 15 minutes", "identity", key_func=_person),
        limiter.shared_limit("100 per day", "identity of a day", key_func=_person),
    ):
        how = _check_passkey() if request.form.get(PASSKEY) else _check_factors(field)
    confirmation.confirm(db_session(), signed_in(), session_id(), datetime.now(UTC), how)


def _person() -> str:
    return f"identity {signed_in().id}"


def challenge_purpose() -> str:
    """The purpose of a challenge for a passkey that confirms the identity in this session."""
    return f"confirm {session_id()}"


def note_provider() -> None:
    """Remember that the person signed in at their provider just now; a code of ours is still needed."""
    session[_PROVIDER] = [str(session_id()), datetime.now(UTC).timestamp()]


def has_provider() -> bool:
    """Return whether the person signed in at their provider a short time ago, for this session."""
    for_session, at = session.get(_PROVIDER, ("", 0))
    is_fresh = datetime.now(UTC).timestamp() - at < _valid().total_seconds()
    return bool(for_session == str(session_id()) and is_fresh)


def _valid() -> timedelta:
    return timedelta(minutes=wiring().settings.confirm_minutes)


def _check_passkey() -> str:
    """Check the answer of a passkey of this account. Raises NotConfirmed."""
    answer = request.form.get(PASSKEY, "")[: passkeys.LONGEST_ANSWER]
    challenge = use_challenge(challenge_purpose())
    editor = passkeys.sign_in(
        db_session(),
        relying_party(),
        challenge=challenge,
        answer=answer,
        now=datetime.now(UTC),
        sso_days=wiring().settings.sso_token_days,
    )
    if editor is None or editor.id != signed_in().id:
        raise NotConfirmed(_("This passkey was not accepted. Try again, or confirm another way."))
    return "passkey"


def _check_factors(field: str) -> str:
    """Check every factor that the account needs. Raises NotConfirmed."""
    needed, editor = factors(), signed_in()
    if needed.only_passkey or (needed.provider and not has_provider()):
        raise NotConfirmed
    if needed.password and sign_in(db_session(), editor.email, request.form.get(field, "")) is None:
        raise NotConfirmed(str(WRONG_PASSWORD))
    if needed.code:
        keys, code = wiring().settings.secret_keys, request.form.get(CODE, "")
        if not two_factor.check(db_session(), keys, editor, code, datetime.now(UTC)):
            raise NotConfirmed(str(WRONG_CODE))
    session.pop(_PROVIDER, None)
    return "password" if needed.password else "sso"


def _ask(error: NotConfirmed) -> Response | AnyResponse:
    """Ask who is there, on a page that sends the form again. Secrets are not sent to the browser again."""
    if wants_json():
        why = str(error) or _("Reload the page and confirm who you are, then try again.")
        answer = jsonify(status=403, detail=why, message=why)
        answer.status_code = 403
        return answer
    if any(request.form.get(name) for name in _SECRETS):
        return redirect(url_for("confirm.show", next=_came_from()), 303)
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_SENT_AGAIN]
    return Response(page(request.full_path.removesuffix("?"), again, _came_from(), str(error)), 403)


def page(action: str, again: Sequence[tuple[str, str]], back: str, wrong: str = "") -> str:
    """Render the page that asks. `again`: the fields of the form that is sent with the answer."""
    return render_template("desk/confirm.html", action=action, again=again, back=back, wrong=wrong)


def _came_from() -> str:
    """Return the path of the page with the form."""
    came = urlsplit(request.referrer or "")
    return local_path(came.path, url_for("account.show"), under="/desk")
