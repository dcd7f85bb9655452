"""Single sign-on with an identity provider (OpenID Connect, by Authlib), if one is configured."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, session, url_for
from flask_babel import gettext as _
from flask_login import login_required
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug import Response

from moderation.desk.account.confirm_with_sso import (
    ask_again,
    check_person,
    complete,
    fresh_sign_in,
    is_confirmation,
)
from moderation.desk.account.session import enter
from moderation.desk.account.sign_in import ask_for_code
from moderation.domain.accounts.group_grants import read_grants
from moderation.optional_settings import OidcSettings
from moderation.services.accounts import two_factor
from moderation.services.accounts.identity import read_identity
from moderation.services.accounts.second_factor import must_use_passkey
from moderation.services.accounts.single_sign_on import enter as account_of
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.accounts import PASSKEY_REQUIRED
from moderation.web.labels.refusals import sign_in_failed
from moderation.web.problems import Problem
from moderation.web.report_request import client_network, client_wide_network, has_no_wide_network
from moderation.web.wiring import wiring

blueprint = Blueprint("sso", __name__, url_prefix="/desk/sso")
_CLIENT = "corrigenda.oidc"
_UNFINISHED = "_state_oidc_"
"""What Authlib keeps in the session of a sign-in that has not come back from the provider."""
_MOST_UNFINISHED = 3
"""Tabs of one browser that may be at the provider. The session is a cookie, and browsers take 4 kB."""


def register(app: Flask) -> None:
    """Register the provider with Authlib, which reads its URLs from the discovery document when needed."""
    oidc: OidcSettings | None = app.extensions["corrigenda"].settings.oidc
    oauth = app.extensions[_CLIENT] = OAuth(app)
    if oidc is not None:
        oauth.register(
            "oidc",
            client_id=oidc.client_id,
            client_secret=oidc.client_secret,
            server_metadata_url=f"{oidc.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile groups", "timeout": 10},
            code_challenge_method="S256",
        )


@blueprint.get("")
@limiter.limit("40 per minute", key_func=client_network)
@limiter.limit("640 per minute", key_func=client_wide_network, exempt_when=has_no_wide_network)
def begin() -> Response:
    """Redirect to the provider."""
    return _to_provider({})


@blueprint.get("/confirm")
@login_required  # type: ignore[untyped-decorator]
def confirm() -> Response:
    """Redirect to the provider, which signs the person in again."""
    return _to_provider(ask_again())


def _to_provider(more: Mapping[str, object]) -> Response:
    _settings()
    _forget_unfinished()
    back = wiring().settings.base_url + url_for("sso.callback")
    with _provider() as client:
        answer: Response = client.authorize_redirect(back, **more)
    return answer


@contextmanager
def _provider() -> Iterator[Any]:
    """Give Authlib's client of the provider. Raises Problem: 503 if the provider does not answer."""
    try:
        yield current_app.extensions[_CLIENT].oidc
    except RequestException:
        raise Problem(503, _("The identity provider is not responding. Try again.")) from None


def _forget_unfinished() -> None:
    """Leave room for one more sign-in. The oldest ones are forgotten."""
    unfinished = [name for name in session if name.startswith(_UNFINISHED)]
    unfinished.sort(key=lambda name: session[name]["exp"], reverse=True)
    for name in unfinished[_MOST_UNFINISHED - 1 :]:
        session.pop(name)


@blueprint.get("/callback")
@limiter.limit("40 per minute", key_func=client_network)
@limiter.limit("640 per minute", key_func=client_wide_network, exempt_when=has_no_wide_network)
def callback() -> Response:
    """Handle the return from the provider: sign in, or show the error."""
    settings = _settings()
    confirms = is_confirmation()
    claims = _claims(settings)
    identity = read_identity(claims)
    if confirms:
        check_person(identity)
    editor = account_of(db_session(), read_grants(settings.groups), identity, datetime.now(UTC))
    if confirms:
        return complete(identity)
    if two_factor.is_on(editor) and not editor.sso_two_factor:
        return ask_for_code(editor, first_at=fresh_sign_in(identity))
    if must_use_passkey(db_session(), editor):
        raise Problem(403, str(PASSKEY_REQUIRED))
    enter(editor, "sso", confirmed_at=fresh_sign_in(identity))
    return redirect(url_for("queue.show"))


def _claims(settings: OidcSettings) -> Mapping[str, Any]:
    """The claims of the ID token, which this issuer made for this client. Raises Problem."""
    try:
        with _provider() as client:
            issuer = client.load_server_metadata().get("issuer", "")
            if issuer.rstrip("/") != settings.issuer:
                raise _failed(
                    _("CORRIGENDA_OIDC_ISSUER is wrong: the identity provider is %(url)s.", url=issuer)
                )
            must_be = {
                "iss": {"essential": True, "values": [issuer]},
                "aud": {"essential": True, "values": [settings.client_id]},
            }
            token = client.authorize_access_token(claims_options=must_be)
    except (AuthlibBaseError, JoseError) as error:
        # The text is the provider's or the library's, mostly in English: a detail for whoever runs them.
        why = (error.description or error.error or "").rstrip(".")
        raise _failed(_("Details: “%(why)s”.", why=why)) from None
    if "userinfo" not in token:
        raise _failed(_("The identity provider sent no ID token."))
    claims: Mapping[str, Any] = token["userinfo"]
    return claims


def _failed(reason: str) -> Problem:
    return Problem(403, sign_in_failed(reason))


def _settings() -> OidcSettings:
    settings = wiring().settings.oidc
    if settings is None:
        raise Problem(404, _("SSO is not set up."))
    return settings
