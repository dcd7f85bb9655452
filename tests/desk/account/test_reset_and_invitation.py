"""Links that set a password."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from moderation.models import PasswordReset
from moderation.services.accounts import password_reset
from moderation.services.sites import members
from tests.factories import EditorFactory
from tests.support.desk import csrf, sign_in

NEW = "a much better password"


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
        path = f"/desk/reset/{password_reset.reset_token(settings.secret_keys, reset)}"
        page = client.get(path).text
        assert "Use at least 12 characters." in page
        form = {"csrf_token": csrf(page)}
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
        return f"/desk/invitation/{members.invitation_token(settings.secret_keys, invited)}"

    def test_a_new_person_joins_and_is_signed_in(self, client, site, path):
        page = client.get(path).text
        assert site.name in page and "new@news.example" in page and "Use at least 12 characters." in page
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
