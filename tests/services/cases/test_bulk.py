from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import delete, select

from moderation.models import BulkItem, Case, Decision, Editor, OutboxMessage
from moderation.services.accounts.disable import disable_editor
from moderation.services.cases import bulk
from moderation.services.cases.filter import Filter
from tests.factories import NOON, CaseFactory, EditorFactory, SuggestionFactory
from tests.support.databases import wait_for_lock

OPEN = Filter(status="open")


def chosen(*cases):
    return [(case.id, case.version) for case in cases]


def add_suggestions(session, cases):
    for case in cases:
        SuggestionFactory(case=case, text="рассказал", source="reader", votes=1)
    session.commit()


def statuses(session, cases):
    for case in cases:
        session.refresh(case)
    return [case.status for case in cases]


def test_chosen_cases_are_decided_when_it_returns(session, site, editor):
    cases = [CaseFactory(site=site) for _ in range(3)]
    add_suggestions(session, cases)
    made = bulk.ask_chosen(session, editor, "accept", chosen(*cases), now=NOON)
    assert statuses(session, cases) == ["accepted"] * 3
    assert [case.correction for case in cases] == ["рассказал"] * 3
    assert {one.bulk_id for one in session.scalars(select(Decision))} == {made.id}
    assert bulk.progress(session, editor, made.id).done == 3


def test_accept_skips_a_case_without_a_correction(session, site, editor):
    ready, bare = CaseFactory(site=site), CaseFactory(site=site)
    add_suggestions(session, [ready])
    made = bulk.ask_chosen(session, editor, "accept", chosen(ready, bare), now=NOON)
    progress = bulk.progress(session, editor, made.id)
    assert (progress.done, progress.refused) == (1, 1)
    assert statuses(session, [ready, bare]) == ["accepted", "open"]
    bulk.undo(session, editor, made.id, NOON + timedelta(minutes=1))
    assert statuses(session, [ready, bare]) == ["open", "open"]


def test_what_changed_or_does_not_allow_it_is_left_alone(session, site, editor):
    changed, fixed, fine = (
        CaseFactory(site=site),
        CaseFactory(site=site, status="fixed"),
        CaseFactory(site=site),
    )
    made = bulk.ask_chosen(
        session, editor, "reject", [(changed.id, 7), *chosen(fixed, fine)], now=NOON, reason="так и надо"
    )
    progress = bulk.progress(session, editor, made.id)
    assert (progress.done, progress.changed, progress.refused) == (1, 1, 1)
    assert statuses(session, [changed, fixed, fine]) == ["open", "fixed", "rejected"]
    assert session.scalars(select(Decision)).one().reason == "так и надо"


def test_foreign_cases_are_left_out_and_a_viewer_changes_nothing(session, site):
    own, foreign = CaseFactory(site=site), CaseFactory()
    viewer = EditorFactory(role="viewer", role__site=site)
    made = bulk.ask_chosen(session, viewer, "reject", chosen(own, foreign), now=NOON)
    progress = bulk.progress(session, viewer, made.id)
    assert (progress.bulk.total, progress.refused) == (1, 1)
    assert statuses(session, [own, foreign]) == ["open", "open"]


def test_all_that_match_in_parts_by_the_worker(session, site, editor):
    cases = [CaseFactory(site=site) for _ in range(105)]
    CaseFactory(), CaseFactory(site=site, status="spam")
    made = bulk.ask_matching(session, editor, "spam", OPEN, confirmed=105, now=NOON)
    assert made.finished_at is None and bulk.progress(session, editor, made.id).handled == 100
    topics = session.scalars(select(OutboxMessage.topic).where(OutboxMessage.subject_id == made.id)).all()
    assert topics == ["bulk.asked"]
    for _ in range(2):  # safe to run twice
        bulk.carry_on(session, [made.id], NOON)
        session.commit()
    progress = bulk.progress(session, editor, made.id)
    assert (progress.done, progress.bulk.finished_at) == (105, NOON)
    assert statuses(session, cases) == ["spam"] * 105


def test_what_a_disabled_editor_began_does_not_go_on(session, site, editor):
    for _ in range(105):
        CaseFactory(site=site)
    made = bulk.ask_matching(session, editor, "spam", OPEN, confirmed=105, now=NOON)
    disable_editor(session, editor, NOON)
    bulk.carry_on(session, [made.id], NOON)
    session.commit()
    progress = bulk.progress(session, editor, made.id)
    assert (progress.done, progress.refused) == (100, 5)


def test_another_number_than_the_confirmed_one_is_refused(session, site, editor):
    case = CaseFactory(site=site)
    with pytest.raises(bulk.CountChanged) as refused:
        bulk.ask_matching(session, editor, "reject", OPEN, confirmed=2, now=NOON)
    assert refused.value.count == 1 and statuses(session, [case]) == ["open"]


def test_one_undo_reopens_what_nobody_touched_since(session, site, editor):
    cases = [CaseFactory(site=site) for _ in range(3)]
    add_suggestions(session, cases)
    made = bulk.ask_chosen(session, editor, "accept", chosen(*cases), now=NOON)
    session.refresh(cases[0])
    bulk.ask_chosen(session, editor, "fix", chosen(cases[0]), now=NOON)
    undone = bulk.undo(session, editor, made.id, NOON + timedelta(minutes=1))
    assert statuses(session, cases) == ["fixed", "open", "open"]
    assert bulk.progress(session, editor, undone.id).changed == 1
    for once_more in (made.id, undone.id):
        with pytest.raises(bulk.CannotUndo):
            bulk.undo(session, editor, once_more, NOON)


def test_a_bulk_is_its_editors_own(session, site, editor):
    made = bulk.ask_chosen(session, editor, "accept", chosen(CaseFactory(site=site)), now=NOON)
    with pytest.raises(bulk.UnknownBulk):
        bulk.undo(session, EditorFactory(role="admin", role__site=site), made.id, NOON)


def test_no_more_than_it_takes_at_once(session, site, editor, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_CHOSEN", 2)
    cases = [CaseFactory(site=site) for _ in range(3)]
    bulk.ask_chosen(session, editor, "reject", chosen(*cases), now=NOON)
    assert session.query(BulkItem).count() == 2


@pytest.mark.parametrize("ask", ["chosen", "matching", "undo"])
def test_cases_that_are_deleted_meanwhile_are_left_out(session, sessions, site, editor, ask):
    cases = [CaseFactory(site=site) for _ in range(3)]
    first = bulk.ask_chosen(session, editor, "reject", chosen(*cases), now=NOON) if ask == "undo" else None
    seen, editor_id = chosen(*cases), editor.id
    session.execute(delete(Case).where(Case.id == cases[1].id))  # by retention, not yet committed
    totals = []

    def run():
        with sessions() as other:
            asking = other.get_one(Editor, editor_id)
            if ask == "chosen":
                made = bulk.ask_chosen(other, asking, "reject", seen, now=NOON)
            elif ask == "matching":
                made = bulk.ask_matching(other, asking, "reject", OPEN, confirmed=3, now=NOON)
            else:
                made = bulk.undo(other, asking, first.id, NOON)
            progress = bulk.progress(other, asking, made.id)
            totals.append((made.total, progress.done, made.finished_at))

    worker = Thread(target=run)
    worker.start()
    with sessions() as watching:
        wait_for_lock(watching)
    session.commit()
    worker.join()
    assert totals == [(2, 2, NOON)]


def test_a_case_that_is_deleted_before_its_step_is_left_out(session, sessions, site, editor):
    cases = [CaseFactory(site=site) for _ in range(105)]
    made = bulk.ask_matching(session, editor, "spam", OPEN, confirmed=105, now=NOON)
    with sessions() as other:
        other.execute(delete(Case).where(Case.id == cases[-1].id))  # by retention, not yet committed
        worker = Thread(target=lambda: _carry_on(sessions, made.id))
        worker.start()
        with sessions() as watching:
            wait_for_lock(watching)
        other.commit()
    worker.join()
    session.expire_all()
    progress = bulk.progress(session, editor, made.id)
    assert (progress.handled, progress.bulk.finished_at) == (104, NOON)


def _carry_on(sessions, bulk_id):
    with sessions() as session:
        bulk.carry_on(session, [bulk_id], NOON)
        session.commit()
