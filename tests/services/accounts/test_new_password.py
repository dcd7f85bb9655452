"""What ends when an account gets a new password."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from moderation.models import PasswordReset
from moderation.secret_keys import SecretKeys
from moderation.services.accounts import password_reset
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.editors import (
    change_password,
)
from moderation.services.accounts.tokens import add_token, tokens_of
from tests.factories import NOON, PASSWORD, EditorFactory


class TestNewPassword:
    """Whoever had the account before must not keep a way in."""

    @pytest.fixture
    def editor(self, session):
        editor = EditorFactory()
        add_token(session, editor, "never ends")
        return editor

    def test_a_changed_password_revokes_the_tokens(self, session, editor):
        kept = desk_sessions.start(session, editor, "Firefox", NOON)
        desk_sessions.start(session, editor, "Chromium", NOON)
        assert change_password(session, editor, PASSWORD, "a much better one", keep=kept)
        assert tokens_of(session, editor) == []
        assert [row.id for row in desk_sessions.sessions_of(session, editor)] == [kept]

    def test_a_reset_revokes_the_tokens_and_ends_every_session_and_link(self, session, editor):
        desk_sessions.start(session, editor, "Firefox", NOON)
        password_reset.ask(session, editor.email, NOON)
        password_reset.complete(session, editor, "a much better one")
        assert tokens_of(session, editor) == desk_sessions.sessions_of(session, editor) == []
        assert session.scalars(select(PasswordReset)).all() == []

    def test_of_two_requests_at_once_one_uses_a_reset_link(self, session, sessions, editor):
        keys = SecretKeys("k" * 40)
        password_reset.ask(session, editor.email, NOON)
        token = password_reset.reset_token(keys, session.scalars(select(PasswordReset)).one())
        session.commit()
        with sessions() as first, sessions() as second:
            assert password_reset.find_reset(first, keys, token, NOON).id == editor.id
            second.execute(text("SET lock_timeout = '50ms'"))
            with pytest.raises(OperationalError):
                password_reset.find_reset(second, keys, token, NOON)

    def test_a_wrong_old_password_changes_nothing(self, session, editor):
        assert not change_password(session, editor, "wrong", "a much better one", keep=editor.id)
        assert len(tokens_of(session, editor)) == 1
