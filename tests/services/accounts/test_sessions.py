from datetime import timedelta

import pytest

from moderation.services.accounts import sessions as desk_sessions
from tests.factories import NOON, EditorFactory


@pytest.fixture
def editor(session):
    return EditorFactory()


def test_a_session_goes_on_until_it_idles(session, editor):
    id_ = desk_sessions.start(session, editor, "Firefox", NOON)
    assert desk_sessions.resume(session, id_, NOON + timedelta(days=13)).id == editor.id
    assert desk_sessions.resume(session, id_, NOON + timedelta(days=26)).id == editor.id
    assert desk_sessions.resume(session, id_, NOON + timedelta(days=41)) is None


def test_a_session_ends_after_30_days_also_when_it_is_used(session, editor):
    id_ = desk_sessions.start(session, editor, "Firefox", NOON)
    for day in range(0, 30, 5):
        assert desk_sessions.resume(session, id_, NOON + timedelta(days=day)) is not None
    assert desk_sessions.resume(session, id_, NOON + timedelta(days=30)) is None


def test_with_sso_the_provider_is_asked_again_after_a_day(session):
    editor = EditorFactory(password_hash=None, oidc_subject="s-1")
    id_ = desk_sessions.start(session, editor, "Firefox", NOON)
    assert desk_sessions.resume(session, id_, NOON + timedelta(hours=23)) is not None
    assert desk_sessions.resume(session, id_, NOON + timedelta(hours=24)) is None


def test_one_can_be_ended_from_elsewhere_but_not_by_others(session, editor):
    here, there = (desk_sessions.start(session, editor, name, NOON) for name in ("a", "b"))
    desk_sessions.end(session, EditorFactory(), there)
    assert desk_sessions.resume(session, there, NOON) is not None
    desk_sessions.end(session, editor, there)
    assert desk_sessions.resume(session, there, NOON) is None
    assert [one.id for one in desk_sessions.sessions_of(session, editor)] == [here]


def test_old_ones_go_when_a_new_one_starts(session, editor):
    desk_sessions.start(session, editor, "old", NOON - timedelta(days=15))
    desk_sessions.start(session, editor, "x" * 999, NOON)
    [left] = desk_sessions.sessions_of(session, editor)
    assert left.browser == "x" * 300
