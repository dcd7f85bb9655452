"""Events of accounts are kept for a year, failed attempts for 30 days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.models import AccountEvent
from moderation.services.accounts.security_log import forget_old
from tests.factories import NOON, AccountEventFactory, EditorFactory


@pytest.mark.parametrize(
    ("what", "days", "is_kept"),
    [
        ("password.changed", 364, True), ("password.changed", 366, False),
        ("sign_in.failed", 29, True), ("sign_in.failed", 31, False), ("code.failed", 31, False),
    ],
)  # fmt: skip
def test_old_events_are_deleted(session, sessions, what, days, is_kept):
    for editor_id in (EditorFactory().id, None):
        AccountEventFactory(editor_id=editor_id, what=what, created_at=NOON - timedelta(days=days))
    assert forget_old(sessions, NOON) == (0 if is_kept else 2)
    assert session.scalars(select(AccountEvent.what)).all() == ([what] * 2 if is_kept else [])
