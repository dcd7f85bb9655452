"""Signing in with an identity provider that really answers."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation import create_app
from moderation.environment import SettingsError
from moderation.models import Editor
from moderation.optional_settings import OidcSettings
from moderation.services.secret_box import seal
from moderation.settings import Settings
from tests.factories import SiteFactory
from tests.support.provider import come_back, oidc_of, serve_provider

CLAIMS = {
    "sub": "s-1", "email": "anna@news.example", "email_verified": True, "name": "Анна", "groups": ["desk"],
}  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    with serve_provider() as running:
        yield running


@pytest.fixture
def browser(session, engine, settings, provider):
    """A browser on an instance that this provider's people may enter."""
    SiteFactory(name="Город")
    provider.claims, provider.refuse, provider.nonce_changed = dict(CLAIMS), None, False
    provider.issuer = provider.url
    oidc = oidc_of(provider, "desk=Город:editor")
    return create_app(replace(settings, oidc=oidc, base_url="http://localhost")).test_client()


def test_the_first_sign_in_makes_the_account(session, browser):
    assert "Sign in with SSO" in browser.get("/desk/sign-in").text
    answer = come_back(browser)
    assert (answer.status_code, answer.location) == (302, "/desk/queue")
    editor = session.scalars(select(Editor)).one()
    assert (editor.email, editor.oidc_subject, editor.memberships[0].role) == (
        "anna@news.example",
        "s-1",
        "editor",
    )
    assert "Анна" in browser.get("/desk/queue").text
    assert "You sign in with SSO. Your password is managed there." in browser.get("/desk/account").text


def test_a_stranger_asks_the_provider_only_so_often(browser):
    for path in ("/desk/sso", "/desk/sso/callback"):
        address = {"REMOTE_ADDR": "198.51.100.7"}
        statuses = [browser.get(path, environ_overrides=address).status_code for _ in range(41)]
        assert statuses[-1] == 429 and 429 not in statuses[:40]


def test_who_began_often_can_still_sign_in(browser):
    """A browser keeps no cookie over 4 kB. Each sign-in that did not come back was in it for an hour."""
    for _ in range(12):
        cookie = browser.get("/desk/sso").headers["Set-Cookie"]
    assert len(cookie) < 2_000
    assert come_back(browser).location == "/desk/queue"


def test_without_an_allowed_group_nobody_enters(session, browser, provider):
    provider.claims["groups"] = ["others"]
    assert come_back(browser).status_code == 403
    assert session.scalars(select(Editor)).all() == [] and browser.get("/desk/queue").status_code == 302


def test_what_the_provider_refuses_is_told(browser, provider):
    provider.refuse = "access_denied"
    answer = come_back(browser)
    assert answer.status_code == 403 and "Sign-in failed. Details: “not today”." in answer.text
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    assert "Не удалось войти. Подробности: «not today»." in come_back(browser).text


def test_an_answer_that_nobody_asked_for_opens_nothing(browser):
    assert browser.get("/desk/sso/callback?code=x&state=y").status_code == 403


def test_a_token_of_another_sign_in_opens_nothing(browser, provider):
    provider.nonce_changed = True
    assert come_back(browser).status_code == 403
    assert browser.get("/desk/queue").status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client", "azp": "corrigenda"},
        {"iss": "https://evil.example"},
        {"groups": "desktop"},
        {"groups": {"desk": True}},
        {"email": None},
        {"sub": None},
    ],
)
def test_claims_that_open_nothing_are_refused(browser, provider, claims):
    provider.claims |= claims
    assert come_back(browser).status_code == 403
    assert browser.get("/desk/queue").status_code == 302


def test_a_provider_that_calls_itself_otherwise_opens_nothing(browser, provider):
    provider.issuer = "https://evil.example"
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    answer = come_back(browser)
    assert answer.status_code == 403
    assert "Неверный CORRIGENDA_OIDC_ISSUER: адрес провайдера входа — https://evil.example." in answer.text


def test_a_provider_that_is_away_is_said(session, engine, settings):
    oidc = OidcSettings("http://127.0.0.1:1", "corrigenda", "secret", "desk=Город:editor")
    client = create_app(replace(settings, oidc=oidc)).test_client()
    assert client.get("/desk/sso").status_code == 503


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"CORRIGENDA_OIDC_CLIENT_ID": ""}, "CORRIGENDA_OIDC_CLIENT_ID"),
        ({"CORRIGENDA_OIDC_GROUPS": "desk"}, "write group="),
        ({"CORRIGENDA_SMTP_URL": "mail.example"}, "CORRIGENDA_SMTP_URL"),
        ({"CORRIGENDA_SMTP_URL": "smtp://mail.example"}, "CORRIGENDA_MAIL_FROM"),
    ],
)
def test_settings_that_cannot_work_say_why(stack, change, words):
    env = {
        **stack.env, "CORRIGENDA_OIDC_ISSUER": "https://id.example", "CORRIGENDA_OIDC_CLIENT_ID": "c",
        "CORRIGENDA_OIDC_CLIENT_SECRET": "s", "CORRIGENDA_OIDC_GROUPS": "ops=owner",
    }  # fmt: skip
    assert Settings.from_env(env).oidc is not None
    with pytest.raises(SettingsError, match=words):
        Settings.from_env(env | change)


def test_the_providers_second_factor_counts_and_without_it_ours_is_asked_for(session, browser, provider):
    provider.claims["amr"] = ["pwd", "mfa"]
    come_back(browser)
    editor = session.scalars(select(Editor)).one()
    assert editor.sso_two_factor
    keys = browser.application.extensions["corrigenda"].settings.secret_keys
    editor.totp_secret = seal(keys, "totp", "A" * 32)
    session.commit()
    assert come_back(browser.application.test_client()).location == "/desk/queue"
    provider.claims["amr"] = ["pwd"]
    again = browser.application.test_client()
    assert come_back(again).location.startswith("/desk/sign-in/code")
    assert again.get("/desk/queue").status_code == 302
