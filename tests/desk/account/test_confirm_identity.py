"""Confirm who is at the desk: asked for before changes that would let a stolen session in for good."""

import re
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation import create_app
from moderation.models import AccountEvent, Editor, Invitation, Subscriber, Token
from moderation.services.accounts import two_factor
from moderation.services.secret_box import seal
from moderation.services.sites import members
from moderation.services.sites.fetch_header import set_fetch_header
from moderation.settings import Settings
from tests.factories import PASSWORD, EditorFactory, SubscriberFactory
from tests.support.authenticator import Authenticator
from tests.support.desk import csrf, let_confirmations_end, post, sign_in
from tests.support.provider import come_back, oidc_of, serve_provider

TOKEN = {"name": "CMS", "scopes": ["read", "decide"], "days": "30"}


def makes_token(client, **more):
    return "cgt_" in post(client, "/desk/account/tokens", **TOKEN, **more).text


def test_it_is_remembered_for_some_minutes_and_asked_for_again_then(session, desk):
    assert makes_token(desk)
    let_confirmations_end(session)
    assert not makes_token(desk)
    assert makes_token(desk, password=PASSWORD) and makes_token(desk)
    events = session.scalars(select(AccountEvent.what).order_by(AccountEvent.id)).all()
    assert events.count("identity.confirmed") == 1


def test_the_page_that_asks_sends_the_form_again(session, desk):
    let_confirmations_end(session)
    asked = post(desk, "/desk/account/tokens", **TOKEN)
    assert asked.status_code == 403 and "Confirm it is you" in asked.text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    assert fields["name"] == "CMS" and asked.text.count('name="scopes"') >= 2
    form = {"csrf_token": csrf(asked.text), **TOKEN}
    wrong = desk.post("/desk/account/tokens", data=form | {"password": "wrong"})
    assert wrong.status_code == 403 and "Wrong password." in wrong.text and 'value="CMS"' in wrong.text
    assert "cgt_" in desk.post("/desk/account/tokens", data=form | {"password": PASSWORD}).text
    assert session.scalars(select(Token.scopes)).one() == ["read", "decide"]


def test_its_guessing_is_slowed_down_for_all_forms_together(session, desk):
    let_confirmations_end(session)
    paths = ["/desk/account/tokens", "/desk/account/codes/renew"]
    statuses = [post(desk, paths[at % 2], **TOKEN, password="x").status_code for at in range(11)]
    assert statuses == [403] * 10 + [429]


def test_a_new_password_and_another_role_end_it(session, admin, site):
    person = session.scalars(select(Editor)).one()
    post(admin, "/desk/account/password", old=PASSWORD, new="a much better password")
    assert not makes_token(admin)
    assert makes_token(admin, password="a much better password")
    members.change_role(session, person, site, person.id, "editor")
    assert not makes_token(admin)


def test_a_stolen_session_makes_no_secret_of_a_webhook_and_changes_no_cms(session, admin, site):
    let_confirmations_end(session)
    path = f"/desk/sites/{site.id}"
    hook = {"name": "Thief", "url": "https://thief.example/", "events": "case.opened"}
    assert post(admin, f"{path}/integrations/webhooks", **hook).status_code == 403
    cms = {"address": "https://thief.example", "secret": "s"}
    assert post(admin, f"{path}/cms?kind=endpoint", **cms).status_code == 303
    assert session.scalars(select(Subscriber)).all() == []


def test_a_stolen_session_leads_no_data_and_no_person_in(session, admin, site):
    hook = SubscriberFactory(site=site, settings={"url": "https://hook.example/"})
    member = EditorFactory(role="editor", role__site=site)
    let_confirmations_end(session)
    path, before = f"/desk/sites/{site.id}", dict(hook.settings)
    there = {"name": "Thief", "url": "https://thief.example/", "events": "case.opened", "is_on": "y"}
    answers = [
        post(admin, f"{path}/integrations/{hook.id}", **there),
        post(admin, f"{path}/integrations/channels", **there | {"url": "mmost://thief.example/" + "a" * 26}),
        post(admin, f"{path}/members", email="thief@thief.example", role="admin"),
        post(admin, f"{path}/members/{member.id}/role", role="admin"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    session.expire_all()
    assert hook.settings == before and member.memberships[0].role == "editor"
    assert session.scalars(select(Subscriber.id)).all() == [hook.id]
    assert session.scalars(select(Invitation)).all() == []
    same = there | {"url": before["url"], "name": "New name"}
    assert post(admin, f"{path}/integrations/{hook.id}", **same).status_code == 302


def test_a_stolen_session_ends_no_rule_deletes_no_cases_and_sends_no_secret_header_elsewhere(
    session, admin, site, settings
):
    set_fetch_header(session, None, site, "X-Bot", "secret", secret_keys=settings.secret_keys)
    let_confirmations_end(session)
    before, path = site.settings, f"/desk/sites/{site.id}/settings"
    answers = [
        post(admin, f"{path}/security", two_factor_required=""),
        post(admin, f"{path}/security", restore="y"),
        post(admin, f"{path}/data", keep_days="1"),
        post(admin, f"{path}/domains", name=site.name, origins="news.example\nthief.example"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    session.expire_all()
    assert site.settings == before and site.origins == ["https://news.example"]
    assert post(admin, f"{path}/domains", name="Other", origins="news.example").status_code == 302


def test_a_passkey_of_the_account_confirms_and_one_of_another_account_does_not(session, settings, redis):
    app = create_app(replace(settings, base_url="http://localhost"))
    clients, keys = [], []
    for _ in range(2):
        client, key = app.test_client(), Authenticator()
        sign_in(client, EditorFactory().email)
        asked = post(client, "/desk/account/passkeys/options", name="Laptop")
        post(client, "/desk/account/passkeys", name="Laptop", credential=key.create(asked.json))
        clients.append(client)
        keys.append(key)
    let_confirmations_end(session)
    client, options = clients[0], "/desk/account/confirm/options"
    for_sign_in = keys[0].get(post(app.test_client(), "/desk/sign-in/passkey/options", "/desk/sign-in").json)
    assert not makes_token(client, identity_passkey=for_sign_in)
    assert not makes_token(client, identity_passkey=keys[1].get(post(client, options).json))
    assert makes_token(client, identity_passkey=keys[0].get(post(client, options).json))


@pytest.mark.parametrize("minutes", ["0", "61"])
def test_the_minutes_have_bounds(stack, minutes):
    with pytest.raises(ValueError, match="CORRIGENDA_CONFIRM_MINUTES"):
        Settings.from_env({**stack.env, "CORRIGENDA_CONFIRM_MINUTES": minutes})


@pytest.fixture(scope="module")
def provider():
    with serve_provider() as running:
        yield running


class TestSso:
    @pytest.fixture
    def browser(self, session, engine, settings, redis, provider, site):
        """A browser that signed in at the provider, and here, long ago."""
        provider.claims = {"sub": "s-1", "email": "anna@news.example", "groups": ["desk"]}
        provider.signed_in_at = time.time() - 3600
        oidc = oidc_of(provider, f"desk={site.name}:admin")
        browser = create_app(replace(settings, oidc=oidc, base_url="http://localhost")).test_client()
        come_back(browser)
        return browser

    def confirm(self, browser):
        return come_back(browser, "/desk/sso/confirm?next=/desk/sites")

    def test_a_silent_sign_in_confirms_nothing_and_a_fresh_one_does(self, browser, provider):
        asked = post(browser, "/desk/account/tokens", **TOKEN)
        assert asked.status_code == 403 and "/desk/sso/confirm?next=/desk/account" in asked.text
        provider.signed_in_at = None
        assert self.confirm(browser).location == "/desk/sites"
        assert (provider.asked["prompt"], provider.asked["max_age"]) == ("login", "0")
        assert makes_token(browser)

    @pytest.mark.parametrize(
        ("claims", "at"), [({}, -3600), ({}, 3600), ({"auth_time": None}, 0), ({"auth_time": "now"}, 0)]
    )
    def test_a_provider_that_asked_nobody_confirms_nothing(self, browser, provider, claims, at):
        provider.signed_in_at, provider.claims = time.time() + at, provider.claims | claims
        assert self.confirm(browser).status_code == 403
        assert not makes_token(browser)

    def test_another_person_at_the_provider_confirms_nothing(self, session, browser, provider):
        provider.signed_in_at, provider.claims["sub"] = None, "s-2"
        provider.claims["email"] = "eve@news.example"
        assert self.confirm(browser).status_code == 403
        assert not makes_token(browser) and session.scalars(select(Editor.oidc_subject)).all() == ["s-1"]

    def test_without_the_providers_second_factor_ours_is_asked_for_too(self, session, browser, provider):
        account = session.scalars(select(Editor)).one()
        keys = browser.application.extensions["corrigenda"].settings.secret_keys
        account.totp_secret = seal(keys, "totp", "A" * 32)
        [code, *_] = two_factor.new_recovery_codes(session, keys, account)
        provider.signed_in_at = None
        assert not makes_token(browser, identity_code=code)
        back = self.confirm(browser)
        assert back.location == "/desk/account/confirm?next=/desk/sites" and not makes_token(browser)
        assert post(browser, back.location, identity_code=code).location == "/desk/sites"
        assert makes_token(browser)
