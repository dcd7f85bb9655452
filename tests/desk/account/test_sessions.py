"""Active sessions on the profile page."""

from sqlalchemy import select

from moderation.models import DeskSession
from tests.support.desk import post, sign_in


class TestSessions:
    def test_they_are_listed_and_ended(self, app, session, desk, editor):
        other = app.test_client()
        other.environ_base["HTTP_USER_AGENT"] = "Firefox on Anna's phone"
        sign_in(other, editor.email)
        assert "Firefox on Anna&#39;s phone" in desk.get("/desk/account").text
        [theirs] = session.scalars(select(DeskSession.id).where(DeskSession.browser.startswith("Firefox")))
        post(desk, f"/desk/account/sessions/{theirs}/end")
        assert other.get("/desk/queue").status_code == 302
