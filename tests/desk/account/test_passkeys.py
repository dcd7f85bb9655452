"""Passkeys: what is accepted, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation import create_app
from moderation.models import AccountEvent, OutboxMessage, Passkey
from moderation.services.accounts.disable import disable_editor
from moderation.services.accounts.passkeys import relying_party
from moderation.services.sites.add import change_site
from tests.factories import PASSWORD, EditorFactory
from tests.support.authenticator import Authenticator
from tests.support.desk import csrf, let_confirmations_end, post, sign_in

OPTIONS, ADD = "/desk/account/passkeys/options", "/desk/account/passkeys"
SIGN_IN = "/desk/sign-in/passkey"


@pytest.fixture(scope="module")
def local_app(settings, engine):
    """The web application at an address where browsers allow passkeys."""
    return create_app(replace(settings, base_url="http://localhost"))


@pytest.fixture
def app(local_app, session, redis):
    local_app.extensions["corrigenda"].sites.forget()
    return local_app


@pytest.fixture
def authenticator():
    return Authenticator()


@pytest.fixture
def passkey(session, desk, editor, authenticator):
    """A passkey of the editor, added by the pages."""
    assert add(desk, authenticator).location == "/desk/account"
    return session.scalars(select(Passkey)).one()


def add(client, authenticator):
    asked = post(client, OPTIONS, name="Laptop", password=PASSWORD)
    return post(client, ADD, name="Laptop", credential=authenticator.create(asked.json))


def ask(client):
    return post(client, f"{SIGN_IN}/options", "/desk/sign-in").json


def answer(client, credential, query=""):
    return post(client, SIGN_IN + query, "/desk/sign-in", credential=credential)


def reasons(session):
    failed = select(AccountEvent.details["reason"].astext).where(AccountEvent.what == "passkey.failed")
    return list(session.scalars(failed.order_by(AccountEvent.id)))


def test_an_added_passkey_signs_in_and_its_owner_is_told(session, app, passkey, authenticator):
    browser = app.test_client()
    signed_in = answer(browser, authenticator.get(ask(browser)), "?next=/desk/pages")
    assert signed_in.location == "/desk/pages" and browser.get("/desk/queue").status_code == 200
    session.refresh(passkey)
    assert (passkey.sign_count, passkey.transports, passkey.name) == (1, ["internal"], "Laptop")
    assert passkey.last_used_at is not None
    told = select(AccountEvent.what).join(OutboxMessage, OutboxMessage.subject_id == AccountEvent.id)
    assert "passkey.added" in session.scalars(told).all()
    assert "Laptop" in browser.get("/desk/account").text


def test_a_stolen_session_adds_and_removes_none_without_the_password(session, desk, passkey):
    let_confirmations_end(session)
    assert post(desk, OPTIONS, name="Thief", password="wrong").status_code == 403
    assert post(desk, ADD, name="Thief", credential="{}").status_code == 422
    path = f"{ADD}/{passkey.id}/remove"
    assert post(desk, path, password="wrong").status_code == 403
    assert post(desk, path, password=PASSWORD).location == "/desk/account"
    assert session.scalars(select(Passkey)).all() == []


def test_the_options_of_one_session_add_nothing_in_another(session, app, desk, editor, authenticator):
    asked = post(desk, OPTIONS, name="Laptop", password=PASSWORD).json
    other = app.test_client()
    sign_in(other, editor.email)
    made = authenticator.create(asked)
    assert post(other, ADD, name="Laptop", credential=made).status_code == 422
    assert session.scalars(select(Passkey)).all() == []


def test_a_challenge_works_once_also_with_a_copy_of_the_cookie(session, app, passkey, authenticator):
    browser, thief = app.test_client(), app.test_client()
    asked = ask(browser)
    name = app.config["SESSION_COOKIE_NAME"]
    thief.set_cookie(name, browser.get_cookie(name).value)
    authenticator.sign_count = -1  # a synchronised passkey, whose counter stays 0
    credential = authenticator.get(asked)
    form = {"csrf_token": csrf(browser.get("/desk/sign-in").text), "credential": credential}
    assert browser.post(SIGN_IN, data=form).status_code == 302
    assert thief.post(SIGN_IN, data=form).status_code == 403
    assert answer(app.test_client(), credential).status_code == 403
    assert reasons(session) == ["challenge_used_or_old"] * 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("origin", "http://evil.example"),
        ("is_verified", False),
        ("sign_count", -1),
        ("user_handle", b"x" * 16),
    ],
)
def test_an_answer_that_is_not_right_in_everything_is_refused(
    app, session, passkey, authenticator, field, value
):
    first = app.test_client()
    assert answer(first, authenticator.get(ask(first))).status_code == 302
    browser = app.test_client()
    setattr(authenticator, field, value)
    assert answer(browser, authenticator.get(ask(browser))).status_code == 403
    assert browser.get("/desk/queue").status_code == 302
    assert reasons(session) == ["other_account" if field == "user_handle" else "invalid_answer"]


def test_a_key_that_was_not_added_does_not_sign_in_with_the_credential_of_another(
    app, session, passkey, authenticator
):
    forged = Authenticator()
    forged.credential_id, forged.user_handle = authenticator.credential_id, authenticator.user_handle
    browser = app.test_client()
    assert answer(browser, forged.get(ask(browser))).status_code == 403
    assert answer(browser, Authenticator().get(ask(browser))).status_code == 403
    for malformed in ("{}", "[]", "null", "\x00", '{"id": 1, "rawId": {}, "response": []}', "[" * 5000):
        ask(browser)
        assert answer(browser, malformed).status_code == 403
    assert reasons(session)[:2] == ["invalid_answer", "unknown_passkey"]


def test_a_credential_belongs_to_one_account(app, session, passkey, authenticator):
    other = app.test_client()
    sign_in(other, EditorFactory().email)
    assert add(other, authenticator).status_code == 422
    unverified = Authenticator()
    unverified.is_verified = False
    assert add(other, unverified).status_code == 422
    assert len(session.scalars(select(Passkey)).all()) == 1


def test_a_disabled_account_is_refused(app, session, editor, passkey, authenticator):
    disable_editor(session, editor, datetime.now(UTC))
    browser = app.test_client()
    assert answer(browser, authenticator.get(ask(browser))).status_code == 403
    assert reasons(session) == ["disabled"]


def test_who_left_the_identity_provider_does_not_stay_by_a_passkey(
    app, session, editor, passkey, authenticator
):
    editor.password_hash, editor.oidc_subject = None, "s-1"
    editor.sso_confirmed_at = datetime.now(UTC) - timedelta(days=29)
    session.commit()
    browser = app.test_client()
    assert answer(browser, authenticator.get(ask(browser))).status_code == 302
    editor.sso_confirmed_at = datetime.now(UTC) - timedelta(days=31)
    session.commit()
    browser = app.test_client()
    assert answer(browser, authenticator.get(ask(browser))).status_code == 403
    assert reasons(session) == ["provider_long_ago"]


def test_where_two_factors_are_required_the_passkey_is_enough_and_the_password_is_not(
    app, session, desk, editor, passkey, authenticator
):
    change_site(session, None, editor.memberships[0].site, two_factor_required=True)
    assert post(desk, f"{ADD}/{passkey.id}/remove", password=PASSWORD).status_code == 403
    browser = app.test_client()
    refused = sign_in(browser, editor.email)
    assert refused.status_code == 403 and "Sign in with your passkey" in refused.text
    assert answer(browser, authenticator.get(ask(browser))).status_code == 302
    assert browser.get("/desk/queue").status_code == 200


def test_guessing_is_slowed_down(client):
    statuses = [post(client, SIGN_IN, "/desk/sign-in", credential="{}").status_code for _ in range(21)]
    assert statuses == [403] * 20 + [429]


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://desk.news.example", "https://desk.news.example"),
        ("https://desk.news.example:443/", "https://desk.news.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://desk.news.example", None),
        ("https://192.0.2.1", None),
        ("http://127.0.0.1:8000", None),
        ("https://[::1]", None),
    ],
)
def test_browsers_allow_passkeys_only_for_names_with_https(base_url, origin):
    party = relying_party(base_url)
    assert (party and party.origin) == origin
