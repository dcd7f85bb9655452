"""API tokens on the profile page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.models import Token
from tests.factories import PASSWORD
from tests.support.desk import let_confirmations_end, post


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
        assert (
            f'<time datetime="{kept.expires_at.isoformat()}" data-moment>' in desk.get("/desk/account").text
        )
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
    def test_an_invalid_form_makes_no_token(self, desk, form):
        form = {"name": "CMS", "scopes": "read", "days": "30"} | form
        assert post(desk, "/desk/account/tokens", **form).status_code == 422
