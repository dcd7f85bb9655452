"""An identity provider for tests: OpenID Connect's code flow with PKCE, over real HTTP."""

import base64
import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from moderation.optional_settings import OidcSettings
from tests.support.serving import Answer, serve_http


class Provider:
    """Signs in every person with the claims `claims`, unless `refuse` is set."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.issuer = self.url
        self.claims: dict[str, Any] = {}
        self.refuse: str | None = None
        self.nonce_changed = False
        self.signed_in_at: float | None = None
        """When the person signed in here. None: just now, whenever a sign-in is asked for."""
        self.asked: dict[str, str] = {}
        """The parameters of the last authorization request."""
        self._key = RSAKey.generate_key(2048, {"kid": "test"})
        self._asked: dict[str, dict[str, str]] = {}

    def configuration(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key set."""
        return {"keys": [self._key.as_dict(private=False)]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return the URL to which the browser is redirected."""
        self.asked = asked
        if self.refuse:
            answer = {"error": self.refuse, "error_description": "not today", "state": asked["state"]}
        else:
            code = f"code-{len(self._asked)}"
            self._asked[code] = asked
            answer = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """Return an ID token, if the code verifier is right (RFC 7636)."""
        asked = self._asked.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        now = int(time.time())
        signed_in_at = now if self.signed_in_at is None else int(self.signed_in_at)
        claims = {
            "auth_time": signed_in_at,
            "iss": self.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 60,
            "nonce": "another" if self.nonce_changed else asked["nonce"], **self.claims,
        }  # fmt: skip
        id_token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self._key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": id_token, "expires_in": 60}


@contextmanager
def serve_provider() -> Iterator[Provider]:
    """Run a provider."""

    def answer(request: BaseHTTPRequestHandler, body: bytes) -> Answer:
        url = urlsplit(request.path)
        if request.command == "POST":
            found = provider.token(_fields(body.decode()))
        elif url.path == "/authorize":
            return 302, {"Location": provider.authorize(_fields(url.query))}, b""
        else:
            found = provider.keys() if url.path == "/jwks" else provider.configuration()
        return 200, {"Content-Type": "application/json"}, json.dumps(found).encode()

    with serve_http(answer) as port:
        provider = Provider(port)
        yield provider


def _fields(form: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(form).items()}


class _Stop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow no redirect."""


def come_back(browser: FlaskClient, begin: str = "/desk/sso") -> TestResponse:
    """Go to the provider and back, as a browser does."""
    begun = browser.get(begin)
    assert begun.status_code == 302
    try:
        urllib.request.build_opener(_Stop).open(begun.location)
    except urllib.error.HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def oidc_of(provider: Provider, groups: str) -> OidcSettings:
    """Return the settings of an instance that this provider's people may enter."""
    return OidcSettings(provider.url, "corrigenda", "secret", groups)
