"""An editor's own page: password, sessions, tokens, name."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.models import DeskSession, Token
from tests.factories import PASSWORD
from tests.support.desk import let_confirmations_end, post, sign_in

NEW = "a much better password"


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
        [("wrong", NEW, "Wrong password."), (PASSWORD, "short", "between 12 and 256")],
    )
    def test_refusals(self, desk, old, new, words):
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
        let_confirmations_end(session)
        for more in ({}, {"password": "wrong"}):
            answer = post(desk, "/desk/account/tokens", name="CMS", scopes="read", days="never", **more)
            assert answer.status_code == 403
        assert session.scalars(select(Token)).all() == []

    @pytest.mark.parametrize("form", [{"name": ""}, {"scopes": "all"}, {"days": "1"}, {"scopes": []}])
    def test_refusals(self, desk, form):
        form = {"name": "CMS", "scopes": "read", "days": "30"} | form
        assert post(desk, "/desk/account/tokens", **form).status_code == 422


def test_the_name_that_colleagues_see(desk, editor):
    post(desk, "/desk/account/name", name=" Анна ")
    assert ">Анна</p>" in desk.get("/desk/queue").text
    post(desk, "/desk/account/name", name="")
    assert f">{editor.email}</p>" in desk.get("/desk/queue").text
