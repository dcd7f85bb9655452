import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from moderation.models import DeskSession, PasswordReset, Token
from moderation.services.accounts import password_reset, two_factor
from moderation.services.sites import members
from tests.factories import PASSWORD, EditorFactory
from tests.support.desk import csrf, sign_in

NEW = "a much better password"


def post(client, path, **form):
    """Send a form of the account's page."""
    return client.post(path, data={"csrf_token": csrf(client.get("/desk/account").text), **form})


class TestSigningIn:
    def test_in_and_out(self, client, editor):
        answer = sign_in(client, editor.email.upper())
        assert (answer.status_code, answer.location) == (302, "/desk/queue")
        page = client.get("/desk/queue").text
        assert editor.email in page
        out = client.post("/desk/sign-out", data={"csrf_token": csrf(page)}, follow_redirects=True)
        assert "Signed out" in out.text
        assert client.get("/desk/queue").status_code == 302

    @pytest.mark.parametrize(
        ("email", "password"), [("editor", "wrong password"), ("nobody@news.example", "x" * 10)]
    )
    def test_a_wrong_password_and_an_unknown_address_look_alike(self, client, editor, email, password):
        answer = sign_in(client, editor.email if email == "editor" else email, password)
        assert answer.status_code == 403
        assert "Wrong email or password." in answer.text
        assert password not in answer.text

    def test_guessing_is_slowed_down(self, client, editor):
        statuses = [sign_in(client, editor.email, "wrong password").status_code for _ in range(21)]
        assert statuses == [403] * 20 + [429]

    def test_a_stranger_does_not_lock_the_editor_out(self, app, client, editor):
        client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
        for _ in range(20):
            sign_in(client, editor.email, "wrong password")
        assert sign_in(client, editor.email).status_code == 429
        elsewhere = app.test_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.2"
        assert sign_in(elsewhere, editor.email).status_code == 302

    def test_addresses_of_one_ipv6_network_count_as_one(self, client, editor):
        statuses = []
        for number in range(21):
            client.environ_base["REMOTE_ADDR"] = f"2001:db8::{number:x}"
            statuses.append(sign_in(client, editor.email, "wrong password").status_code)
        assert statuses == [403] * 20 + [429]

    def test_guessing_from_many_addresses_ends_except_in_browsers_that_signed_in_before(
        self, app, client, editor
    ):
        known = app.test_client()
        sign_in(known, editor.email)
        known.post("/desk/sign-out", data={"csrf_token": csrf(known.get("/desk/queue").text)})
        other = EditorFactory()
        sign_in(client, other.email)
        client.delete_cookie("corrigenda_session", path="/")  # a cookie of another account helps nobody
        statuses = []
        for number in range(61):
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            statuses.append(sign_in(client, editor.email, "wrong password").status_code)
        assert statuses == [403] * 60 + [429]
        assert sign_in(known, editor.email).status_code == 302

    def test_a_json_body_neither_signs_in_nor_tries_a_password(self, client, editor):
        headers = {"X-CSRFToken": csrf(client.get("/desk/sign-in").text)}
        for password in ("wrong password", PASSWORD):
            form = {"email": editor.email, "password": password}
            assert client.post("/desk/sign-in", json=form, headers=headers).status_code == 415
        for type_ in ("application/json; charset=utf-8", "text/plain", "application/vnd.api+json"):
            body = client.post("/desk/sign-in", data="{}", content_type=type_, headers=headers)
            assert body.status_code == 415
        assert client.get("/desk/queue").status_code == 302

    def test_the_device_cookie_is_kept_from_scripts_and_names_nobody(self, client, editor):
        sign_in(client, editor.email)
        cookie = client.get_cookie("corrigenda_device")
        assert cookie.http_only and cookie.same_site == "Lax" and editor.email not in cookie.value

    def test_signing_in_often_locks_nobody_out(self, app, client, editor):
        for number in range(22):
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            assert sign_in(client, editor.email).status_code == 302
            client.delete_cookie("corrigenda_session", path="/")

    @pytest.mark.parametrize("path", ["/desk/", "/desk/queue", "/desk/queue?status=spam"])
    def test_the_desk_asks_who_you_are_and_goes_on_there(self, client, editor, path):
        answer = client.get(path)
        assert answer.location.startswith("/desk/sign-in?next=")
        assert sign_in(client, editor.email, query=answer.location[len("/desk/sign-in") :]).location == path

    @pytest.mark.parametrize(
        "path",
        ["https://evil.example", "//evil.example", "/\\evil.example", "/desk//evil", "/desk\\@evil", "/r/x"],
    )
    def test_it_goes_nowhere_else(self, client, editor, path):
        assert sign_in(client, editor.email, query="?next=" + path).location == "/desk/queue"

    def test_without_its_csrf_token_nothing_is_taken(self, client, desk, case):
        assert client.post("/desk/sign-out").status_code == 400
        form = {"version": 1, "action": "accept"}
        assert client.post(f"/desk/cases/{case.id}/decisions", data=form).status_code == 400
        assert client.post("/desk/sign-in", data={"email": "a@b.example", "password": "x"}).status_code == 400

    def test_the_session_cookie_is_kept_from_scripts_and_other_sites(self, client):
        [cookie] = [
            value for value in client.get("/desk/sign-in").headers.getlist("Set-Cookie") if "session" in value
        ]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

    def test_an_account_that_is_gone_is_signed_out(self, client, session, site):
        gone = EditorFactory(role="editor", role__site=site)
        sign_in(client, gone.email)
        session.delete(gone)
        session.commit()
        assert client.get("/desk/queue").status_code == 302


class TestPassword:
    def test_a_new_one_ends_the_other_sessions(self, app, desk, editor):
        other = app.test_client()
        sign_in(other, editor.email)
        answer = post(desk, "/desk/account/password", old=PASSWORD, new=NEW)
        assert answer.location == "/desk/account"
        assert other.get("/desk/queue").status_code == 302 and desk.get("/desk/queue").status_code == 200
        assert sign_in(other, editor.email, NEW).status_code == 302

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("wrong", NEW, "Wrong password."),
            (PASSWORD, "short", "between 12 and 256"),
            (PASSWORD, "password1234", "easy to guess"),
            (PASSWORD, "somebody@news.example", "your email or name"),
        ],
    )
    def test_refusals(self, session, desk, editor, old, new, words):
        new = editor.email if "@" in new else new
        answer = post(desk, "/desk/account/password", old=old, new=new)
        assert answer.status_code == 422 and words in answer.text

    def test_its_guessing_is_slowed_down(self, desk):
        statuses = [post(desk, "/desk/account/password", old="x", new=NEW).status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]


class TestSessions:
    def test_they_are_listed_and_ended(self, app, session, desk, editor):
        other = app.test_client()
        other.environ_base["HTTP_USER_AGENT"] = "Firefox on Anna's phone"
        sign_in(other, editor.email)
        assert "Firefox on Anna&#39;s phone" in desk.get("/desk/account").text
        [theirs] = session.scalars(select(DeskSession.id).where(DeskSession.browser.startswith("Firefox")))
        post(desk, f"/desk/account/sessions/{theirs}/end")
        assert other.get("/desk/queue").status_code == 302


class TestCodes:
    @pytest.fixture
    def secret(self, desk):
        """The editor is asked for codes; turned on by the pages."""
        page = desk.get("/desk/account/codes").text
        secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)[1]
        wrong = desk.post(
            "/desk/account/codes", data={"csrf_token": csrf(page), "code": "000000", "password": PASSWORD}
        )
        assert wrong.status_code == 422 and secret in wrong.text
        code = pyotp.TOTP(secret).now()
        shown = desk.post(
            "/desk/account/codes", data={"csrf_token": csrf(page), "code": code, "password": PASSWORD}
        )
        assert shown.text.count("<li><code>") == 10
        return secret

    def test_a_stolen_session_does_not_turn_it_on_without_the_password(self, session, desk, editor):
        page = desk.get("/desk/account/codes").text
        secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)[1]
        form = {"csrf_token": csrf(page), "code": pyotp.TOTP(secret).now()}
        assert desk.post("/desk/account/codes", data=form).status_code == 403
        session.refresh(editor)
        assert not two_factor.is_on(editor)

    def test_the_password_alone_opens_nothing_then(self, app, session, editor, secret):
        client = app.test_client()
        assert sign_in(client, editor.email, query="?next=/desk/pages").location.startswith(
            "/desk/sign-in/code"
        )
        assert client.get("/desk/queue").status_code == 302
        form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text)}
        assert client.post("/desk/sign-in/code", data=form | {"code": "000000"}).status_code == 403
        later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
        answer = client.post("/desk/sign-in/code?next=/desk/pages", data=form | {"code": later})
        assert (answer.status_code, answer.location) == (302, "/desk/pages")

    def test_guessing_codes_is_slowed_down(self, app, editor, secret):
        client = app.test_client()
        sign_in(client, editor.email)
        form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text), "code": "000000"}
        statuses = [client.post("/desk/sign-in/code", data=form).status_code for _ in range(11)]
        assert statuses == [403] * 10 + [429]

    def test_turning_off_needs_the_password(self, session, desk, editor, secret):
        assert post(desk, "/desk/account/codes/off", password="wrong").status_code == 403
        session.refresh(editor)
        assert two_factor.is_on(editor)
        assert "10 recovery codes left" in desk.get("/desk/account").text
        assert post(desk, "/desk/account/codes/renew", password=PASSWORD).text.count("<li><code>") == 10
        post(desk, "/desk/account/codes/off", password=PASSWORD)
        session.refresh(editor)
        assert not two_factor.is_on(editor)


class TestTokens:
    def test_one_is_made_shown_once_and_dropped(self, session, desk, editor, case):
        page = post(
            desk, "/desk/account/tokens", name="CMS", scopes="read", days="30", password=PASSWORD
        ).text
        token = re.search(r"cgt_[\w-]+", page)[0]
        headers = {"Authorization": f"Bearer {token}"}
        assert desk.get(f"/api/v1/cases/{case.id}", headers=headers).status_code == 200
        assert token not in desk.get("/desk/account").text
        kept = session.scalars(select(Token)).one()
        assert (kept.name, kept.scopes) == ("CMS", ["read"])
        assert timedelta(days=29) < kept.expires_at - datetime.now(UTC) < timedelta(days=31)
        post(desk, f"/desk/account/tokens/{kept.id}/drop")
        assert desk.get(f"/api/v1/cases/{case.id}", headers=headers).status_code == 401

    def test_a_stolen_session_makes_no_token_without_the_password(self, session, desk):
        for more in ({}, {"password": "wrong"}):
            answer = post(desk, "/desk/account/tokens", name="CMS", scopes="read", days="never", **more)
            assert answer.status_code == 403
        assert session.scalars(select(Token)).all() == []

    def test_without_a_password_the_sign_in_must_be_recent(self, session, desk, editor):
        editor.password_hash = None
        session.commit()
        form = {"name": "CMS", "scopes": "read", "days": "30"}
        assert post(desk, "/desk/account/tokens", **form).status_code == 200
        [started] = session.scalars(select(DeskSession))
        started.created_at -= timedelta(minutes=16)
        session.commit()
        assert post(desk, "/desk/account/tokens", **form).status_code == 403

    @pytest.mark.parametrize("form", [{"name": ""}, {"scopes": "all"}, {"days": "1"}, {"scopes": []}])
    def test_refusals(self, desk, form):
        form = {"name": "CMS", "scopes": "read", "days": "30"} | form
        assert post(desk, "/desk/account/tokens", **form).status_code == 422


def test_the_name_that_colleagues_see(desk, editor):
    post(desk, "/desk/account/name", name=" Анна ")
    assert ">Анна</p>" in desk.get("/desk/queue").text
    post(desk, "/desk/account/name", name="")
    assert f">{editor.email}</p>" in desk.get("/desk/queue").text


class TestReset:
    @pytest.fixture
    def mailing(self, app, settings, monkeypatch):
        """An instance that sends mail."""
        wiring = app.extensions["corrigenda"]
        object.__setattr__(wiring.settings, "smtp_url", "smtp://mail.example")
        yield
        object.__setattr__(wiring.settings, "smtp_url", "")

    def ask(self, client, email):
        form = {"csrf_token": csrf(client.get("/desk/reset").text), "email": email}
        return client.post("/desk/reset", data=form, follow_redirects=True).text

    def test_a_link_sets_a_new_password_once(self, client, session, settings, editor, mailing):
        assert "we have sent a link" in self.ask(client, editor.email)
        reset = session.scalars(select(PasswordReset)).one()
        path = f"/desk/reset/{password_reset.reset_token(settings.secret_key, reset)}"
        form = {"csrf_token": csrf(client.get(path).text)}
        weak = client.post(path, data=form | {"password": "password1234"})
        assert weak.status_code == 422 and "easy to guess" in weak.text
        assert client.post(path, data=form | {"password": "short"}).status_code == 200
        assert client.post(path, data=form | {"password": NEW}).location == "/desk/sign-in"
        assert client.get(path).status_code == 404
        assert sign_in(client, editor.email, NEW).status_code == 302

    def test_an_unknown_address_looks_alike_and_gets_nothing(self, client, session, mailing):
        assert "we have sent a link" in self.ask(client, "nobody@news.example")
        reset = session.scalars(select(PasswordReset)).one()
        assert password_reset.account_of(session, reset, datetime.now(UTC)) is None

    def test_without_mail_the_owner_is_asked(self, client):
        answer = client.get("/desk/reset")
        assert answer.status_code == 404 and "Ask the owner" in answer.text
        assert "/desk/reset" not in client.get("/desk/sign-in").text


class TestInvitation:
    @pytest.fixture
    def path(self, session, settings, site):
        admin = EditorFactory(role="admin", role__site=site)
        now = datetime.now(UTC)
        invited = members.invite(session, admin, site, "new@news.example", "editor", lang="en", now=now)
        return f"/desk/invitation/{members.invitation_token(settings.secret_key, invited)}"

    def test_a_new_person_joins_and_is_signed_in(self, client, site, path):
        page = client.get(path).text
        assert site.name in page and "new@news.example" in page
        form = {"csrf_token": csrf(page), "name": "Вера", "password": NEW}
        assert client.post(path, data=form).location == "/desk/queue"
        assert "Вера" in client.get("/desk/queue").text
        assert client.get(path).status_code == 404

    def test_somebody_with_an_account_signs_in_first(self, client, path):
        EditorFactory(email="new@news.example")
        answer = client.get(path)
        assert answer.location == f"/desk/sign-in?next={path}"
        sign_in(client, "new@news.example")
        form = {"csrf_token": csrf(client.get(path).text)}
        assert client.post(path, data=form).location == "/desk/queue"

    def test_somebody_else_does_not_take_it_up(self, desk, path):
        EditorFactory(email="new@news.example")
        assert desk.get(path).location.startswith("/desk/sign-in")
