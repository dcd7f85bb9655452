"""A signed cookie that marks a browser in which an account has signed in before.

Strangers can use up the account-wide limit of wrong passwords. This browser is exempt from it, so they cannot
lock its editor out (OWASP, "Device cookies"). The cookie signs nobody in.
"""

import hashlib

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
    signed = _serializer(settings).dumps(account_key(email))

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            _name(settings), signed, _SECONDS, httponly=True, secure=settings.is_https, samesite="Lax"
        )
        return response


def is_known_device(email: str) -> bool:
    """Return whether this browser signed in to the account within the last year."""
    settings = wiring().settings
    try:
        signed_key = _serializer(settings).loads(request.cookies.get(_name(settings), ""), max_age=_SECONDS)
    except BadSignature:
        return False
    return bool(signed_key == account_key(email))


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="corrigenda device")


def _name(settings: Settings) -> str:
    return cookie_name("corrigenda_device", settings)
