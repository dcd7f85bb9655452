import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from moderation.models import PasswordReset
from moderation.secret_keys import SecretKeys
from moderation.services.accounts import password_reset
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.editors import (
    InvalidAccount,
    add_editor,
    change_password,
    editor_by_email,
    sign_in,
)
from moderation.services.accounts.tokens import add_token, tokens_of
from tests.factories import NOON, PASSWORD, EditorFactory, SiteFactory


class TestEditors:
    def test_sign_in(self, session):
        editor = EditorFactory(email="anna@news.example")
        assert sign_in(session, " Anna@news.example ", PASSWORD).id == editor.id

    @pytest.mark.parametrize(
        ("email", "password"), [("anna@news.example", "wrong"), ("nobody@news.example", PASSWORD)]
    )
    def test_wrong_is_nobody(self, session, email, password):
        EditorFactory(email="anna@news.example")
        assert sign_in(session, email, password) is None

    def test_add_with_a_role(self, session):
        site = SiteFactory()
        add_editor(session, "Anna@News.example", PASSWORD, role="viewer", site=site)
        [membership] = editor_by_email(session, "anna@news.example").memberships
        assert (membership.site_id, membership.role) == (site.id, "viewer")

    @pytest.mark.parametrize(
        ("email", "password", "words"),
        [
            ("anna", PASSWORD, "@"),
            ("anna@news.example", "short", "at least 12"),
            ("anna@news.example", "x" * 257, "at most 256"),
            ("anna@news.example", "password1234", "guess"),
            ("anna@news.example", "anna@news.example", "address"),
            ("taken@news.example", PASSWORD, "already"),
        ],
    )
    def test_what_cannot_be_says_why(self, session, email, password, words):
        EditorFactory(email="taken@news.example")
        with pytest.raises(InvalidAccount, match=words):
            add_editor(session, email, password, role=None, site=None)

    def test_a_role_needs_a_site(self, session):
        with pytest.raises(InvalidAccount, match="needs a site"):
            add_editor(session, "anna@news.example", PASSWORD, role="viewer", site=None)


class TestNewPassword:
    """Whoever had the account before must not keep a way in."""

    @pytest.fixture
    def editor(self, session):
        editor = EditorFactory()
        add_token(session, editor, "never ends")
        return editor

    def test_a_changed_one_revokes_the_tokens(self, session, editor):
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
