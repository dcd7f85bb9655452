"""A signed cookie that marks a browser in which an account has signed in before.

Strangers can use up the account-wide limit of wrong passwords. This browser has a limit of its own, so they
cannot lock its editor out (OWASP, "Device cookies"). A copy of the cookie shares its limit. The cookie signs
nobody in.
"""

import hashlib
import secrets

from flask import Response, after_this_request, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from moderation.settings import Settings
from moderation.web.security import cookie_name
from moderation.web.wiring import wiring

_SECONDS = 365 * 24 * 60 * 60


def account_key(email: str) -> str:
    """Return a short name of an account, also of one that does not exist, for limits and cookies."""
    return hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()


def remember_device(email: str) -> None:
    """Set the cookie with the response to this request."""
    settings = wiring().settings
    signed = _serializer(settings).dumps([account_key(email), secrets.token_hex(8)])

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            _name(settings), signed, _SECONDS, httponly=True, secure=settings.is_https, samesite="Lax"
        )
        return response


def device_id(email: str) -> str | None:
    """Return the id of this browser if it signed in to the account within the last year, else None."""
    settings = wiring().settings
    try:
        signed = _serializer(settings).loads(request.cookies.get(_name(settings), ""), max_age=_SECONDS)
    except BadSignature:
        return None
    is_of_account = isinstance(signed, list) and len(signed) == 2 and signed[0] == account_key(email)
    return str(signed[1]) if is_of_account else None


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_keys.oldest_first(), salt="corrigenda device")


def _name(settings: Settings) -> str:
    return cookie_name("corrigenda_device", settings)
