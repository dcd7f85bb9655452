"""Taking a correction back: the very source, for thirty days, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.integrations.cms.base import Refused
from moderation.models import AuditEntry, CorrectionApply
from moderation.services.cases.apply import REVERT_TIME, CannotRevert, accept_and_apply, revert
from tests.factories import NOON
from tests.services.apply.conftest import ARTICLE

APPLIED = NOON + timedelta(minutes=1)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def applied(session, editor, typo, work):
    """The case, whose correction was applied."""
    accept_and_apply(session, editor, typo.id, version=1, correction="которая", now=NOON)
    work(APPLIED)
    return typo


def statuses(session):
    session.expire_all()
    rows = session.scalars(select(CorrectionApply).order_by(CorrectionApply.id))
    return [(row.kind, row.status) for row in rows]


def test_the_very_source_comes_back_once(session, editor, applied, shelf, work):
    shelf.documents[applied.page.url] += "<p>Новый абзац.</p>"
    revert(session, editor, applied.id, LATER)
    work(LATER)
    assert shelf.documents[applied.page.url] == ARTICLE + "<p>Новый абзац.</p>"
    assert statuses(session) == [("apply", "applied"), ("revert", "applied")]
    assert session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all() == [
        "correction.applied", "correction.reverted",
    ]  # fmt: skip
    with pytest.raises(CannotRevert):
        revert(session, editor, applied.id, LATER)


def test_after_thirty_days_it_stays(session, editor, applied):
    with pytest.raises(CannotRevert):
        revert(session, editor, applied.id, APPLIED + REVERT_TIME + timedelta(seconds=1))
    session.rollback()
    revert(session, editor, applied.id, APPLIED + REVERT_TIME)
    assert statuses(session) == [("apply", "applied"), ("revert", "queued")]


def test_a_revert_that_the_cms_refused_can_be_asked_again(session, editor, applied, shelf, work):
    shelf.refusals = [Refused("unauthorized", "the password was revoked")]
    revert(session, editor, applied.id, LATER)
    work(LATER)
    assert statuses(session)[-1] == ("revert", "refused")
    revert(session, editor, applied.id, LATER)
    work(LATER)
    assert shelf.documents[applied.page.url] == ARTICLE


def test_what_is_queued_already_is_not_asked_twice(session, editor, applied):
    revert(session, editor, applied.id, LATER)
    with pytest.raises(CannotRevert):
        revert(session, editor, applied.id, LATER)
