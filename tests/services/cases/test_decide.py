import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import StepNotAllowed
from moderation.models import Case, Decision, OutboxMessage, SpamWord
from moderation.services.accounts.access import Forbidden
from moderation.services.cases.decide import Stale, decide, steps_for
from moderation.services.cases.read import UnknownCase
from tests.factories import NOON, CaseFactory, EditorFactory, ReportFactory, SiteFactory, place_in


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_decision_is_status_history_and_message_in_one(session, editor, case):
    decided = decide(
        session, editor, case.id, "accept", version=1, now=NOON, correction="рассказал", note="да"
    ).case
    assert (decided.status, decided.version, decided.correction) == ("accepted", 2, "рассказал")
    assert (decided.decided_at, decided.fixed_at) == (NOON, None)
    [step] = session.scalars(select(Decision))
    assert (step.old_status, step.new_status, step.editor_id, step.note) == (
        "open",
        "accepted",
        editor.id,
        "да",
    )
    [message] = session.scalars(select(OutboxMessage))
    decision_id = session.scalars(select(Decision.id)).one()
    assert (message.topic, message.subject_id, message.site_id) == ("case.decided", decision_id, case.site_id)


def test_fixed_says_when(session, editor, case):
    assert decide(session, editor, case.id, "fix", version=1, now=NOON).case.fixed_at == NOON


def test_reopened_forgets_the_decision(session, editor, case):
    decide(session, editor, case.id, "accept", version=1, now=NOON, correction="рассказал")
    case = decide(session, editor, case.id, "reopen", version=2, now=NOON).case
    assert (case.status, case.decided_at, case.correction) == ("open", None, None)
    assert count(session, Decision) == 2


@pytest.mark.parametrize(
    ("version", "action", "error"), [(9, "accept", Stale), (1, "reopen", StepNotAllowed)]
)
def test_a_refused_step_writes_nothing(session, editor, case, version, action, error):
    with pytest.raises(error):
        decide(session, editor, case.id, action, version=version, now=NOON)
    assert count(session, Decision) == count(session, OutboxMessage) == 0


def test_a_viewer_reads_only(session, site, case):
    viewer = EditorFactory(role="viewer", role__site=site)
    assert steps_for(viewer, case) == ()
    with pytest.raises(Forbidden):
        decide(session, viewer, case.id, "accept", version=1, now=NOON)


def test_another_sites_case_is_unknown(session, case):
    stranger = EditorFactory(role="admin", role__site=SiteFactory())
    with pytest.raises(UnknownCase):
        decide(session, stranger, case.id, "accept", version=1, now=NOON)


def test_an_owner_decides_everywhere(session, case):
    decided = decide(session, EditorFactory(is_owner=True), case.id, "spam", version=1, now=NOON)
    assert decided.case.status == "spam"


def test_an_unknown_id(session, editor):
    with pytest.raises(UnknownCase):
        decide(session, editor, uuid7(), "accept", version=1, now=NOON)


def test_of_two_at_once_one_wins(sessions, session, editor, case):
    """Both saw version 1: the second waits for the row, then finds that it is stale."""
    with sessions() as other:
        decide(other, other.merge(editor), case.id, "reject", version=1, now=NOON)
    with pytest.raises(Stale) as stale:
        decide(session, editor, case.id, "accept", version=1, now=NOON)
    assert stale.value.case.status == "rejected"


def test_deciding_anew_what_somebody_closed(session, site, editor):
    case = CaseFactory(site=site, status="accepted", correction="рассказал")
    decide(session, editor, case.id, "reject", version=1, now=NOON, override=True, reason="так и надо")
    steps = session.scalars(select(Decision).order_by(Decision.id)).all()
    assert [(one.action, one.reason) for one in steps] == [("reopen", None), ("reject", "так и надо")]
    session.refresh(case)
    assert (case.status, case.version, case.correction) == ("rejected", 3, None)


def test_what_spam_taught_is_taken_back_with_it(session, site, editor):
    case = CaseFactory(site=site)
    place_in(session, ReportFactory(site=site, comment="купите слона"), case)
    decide(session, editor, case.id, "spam", version=1, now=NOON)
    assert {(row.word, row.spam) for row in session.scalars(select(SpamWord))} == {
        ("", 1), ("купите", 1), ("слона", 1),
    }  # fmt: skip
    decide(session, editor, case.id, "reopen", version=2, now=NOON)
    session.expire_all()
    assert {row.spam for row in session.scalars(select(SpamWord))} == {0}


def test_a_case_and_its_twins_on_other_pages_are_decided_in_one_transaction(sessions, session, site, editor):
    case, twin, settled = (CaseFactory(site=site, fingerprint=b"f" * 16) for _ in range(3))
    decide(session, editor, settled.id, "reject", version=1, now=NOON)
    decided = decide(
        session, editor, case.id, "accept", version=1, now=NOON, correction="рассказал", everywhere=True
    )
    assert decided.twins == 1
    with sessions() as other:
        found = {one.id: (one.status, one.correction) for one in other.scalars(select(Case))}
    assert found[case.id] == found[twin.id] == ("accepted", "рассказал")
    assert found[settled.id] == ("rejected", None)


def test_twins_stay_open_when_the_case_itself_is_refused(session, site, editor):
    case, twin = (CaseFactory(site=site, fingerprint=b"f" * 16) for _ in range(2))
    with pytest.raises(Stale):
        decide(session, editor, case.id, "accept", version=9, now=NOON, everywhere=True)
    session.rollback()
    assert session.get(Case, twin.id).status == "open"
