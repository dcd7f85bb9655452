"""API tokens of an editor."""

from datetime import timedelta

from moderation.services.accounts.tokens import add_token, drop_token, tokens_of, use_token
from tests.factories import NOON, EditorFactory


class TestTokens:
    def test_a_token_acts_as_its_editor(self, session):
        editor = EditorFactory()
        assert use_token(session, add_token(session, editor, "cms"), NOON, 30).editor.id == editor.id

    def test_an_unknown_token_is_nobodys(self, session):
        assert use_token(session, "cgt_x", NOON, 30) is None

    def test_the_last_use_of_a_token_is_stored_to_the_minute(self, session):
        token = add_token(session, EditorFactory(), "cms")
        for seconds, noted in ((0, 0), (59, 0), (60, 60)):
            found = use_token(session, token, NOON + timedelta(seconds=seconds), 30)
            assert found.last_used_at == NOON + timedelta(seconds=noted)

    def test_a_token_expires_at_its_time(self, session):
        token = add_token(session, EditorFactory(), "cms", expires_at=NOON)
        assert use_token(session, token, NOON - timedelta(seconds=1), 30) is not None
        assert use_token(session, token, NOON, 30) is None

    def test_an_editor_drops_only_own_tokens(self, session):
        anna, boris = EditorFactory(), EditorFactory()
        token = add_token(session, anna, "cms")
        [kept] = tokens_of(session, anna)
        drop_token(session, boris, kept.id)
        assert use_token(session, token, NOON, 30) is not None
        drop_token(session, anna, kept.id)
        assert use_token(session, token, NOON, 30) is None
