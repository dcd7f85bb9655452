"""Batches of deliveries get rows: once, in order, for those who listened when it happened."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from moderation.models import Delivery, DeliveryBatch, Event
from moderation.models.event import EVENT_TYPES
from moderation.services.events import Fact, record
from moderation.services.notify.subscribers import change_webhook, remove
from moderation.services.outbox import fan_out as module
from moderation.services.outbox.deliveries import count_by_state, tidy
from moderation.services.outbox.fan_out import fan_out
from moderation.services.outbox.lanes import DELIVERIES, lanes
from moderation.services.triage.place import place
from tests.factories import NOON, CaseFactory, EditorFactory, ReportFactory


@pytest.fixture
def happen(session, site):
    """Stores facts about a case, each in its own transaction or all in one."""

    def run(*types, together=False):
        case_id = uuid7()
        facts = [Fact(type_, uuid7(), case_id) for type_ in types]
        for part in [facts] if together else [[fact] for fact in facts]:
            record(session, site.id, part, NOON)
            session.commit()
        return case_id

    return run


def types_of(session, subscriber):
    """The types of the subscriber's deliveries, in their order."""
    told = select(Event.type).join(Delivery, Delivery.event_id == Event.id)
    return session.scalars(told.where(Delivery.subscriber_id == subscriber.id).order_by(Delivery.id)).all()


def test_a_transaction_stores_one_row_for_all_that_a_subscriber_hears(session, site, subscribe, receiver):
    everything, decisions, opened = (
        subscribe(receiver, hears=hears) for hears in (list(EVENT_TYPES), ["case.decided"], ["case.opened"])
    )
    reports = [ReportFactory(site=site, url=f"https://news.example/{n}") for n in range(20)]
    place(session, [report.id for report in reports], NOON)
    session.commit()
    batches = session.scalars(select(DeliveryBatch).order_by(DeliveryBatch.id)).all()
    sizes = {batch.subscriber_id: len(batch.event_ids) for batch in batches}
    assert sizes == {everything.id: 40, opened.id: 20} and len(batches) == 2
    assert fan_out(session) == 2 and fan_out(session) == 0
    assert sorted(types_of(session, everything)) == ["case.opened"] * 20 + ["report.received"] * 20
    assert types_of(session, opened) == ["case.opened"] * 20 and types_of(session, decisions) == []


def test_rows_are_in_the_order_of_what_happened_and_due_since_then(
    session, happen, subscribe, receiver, monkeypatch
):
    monkeypatch.setattr(module, "MOST", 2)
    subscriber = subscribe(receiver)
    happen("case.opened", "report.received", together=True)
    happen("case.decided", "case.reopened", "case.fixed")
    since = session.scalars(select(DeliveryBatch.created_at).order_by(DeliveryBatch.id)).all()
    assert [fan_out(session) for _ in range(3)] == [2, 2, 0]
    assert types_of(session, subscriber) == [
        "case.opened", "report.received", "case.decided", "case.reopened", "case.fixed",
    ]  # fmt: skip
    due = session.scalars(select(Delivery.due_at).order_by(Delivery.id)).all()
    assert due == [since[0], *since]


def test_a_fact_that_is_recorded_twice_is_delivered_once(session, site, subscribe, receiver):
    subscriber, fact = subscribe(receiver), Fact("case.opened", uuid7(), uuid7())
    for _ in range(2):
        record(session, site.id, [fact, fact], NOON)
        session.commit()
    fan_out(session)
    assert types_of(session, subscriber) == ["case.opened"]


def test_who_listens_later_hears_nothing_old_and_who_listened_hears_all(
    session, site, happen, subscribe, receiver
):
    early = subscribe(receiver)
    happen("case.opened")
    late = subscribe(receiver)
    owner = EditorFactory(is_owner=True)
    change_webhook(
        session, owner, site, early, name="a", url=receiver.url, events=["case.fixed"], is_on=False
    )
    fan_out(session)
    assert types_of(session, early) == ["case.opened"] and types_of(session, late) == []


def test_batches_of_a_removed_webhook_go_with_it(session, site, happen, subscribe, receiver):
    leaves, stays = subscribe(receiver), subscribe(receiver)
    happen("case.opened")
    remove(session, EditorFactory(is_owner=True), site, leaves)
    assert fan_out(session) == 1
    assert types_of(session, stays) == ["case.opened"]


def test_several_processes_at_once_make_each_row_once_and_in_order(
    session, sessions, happen, subscribe, receiver, monkeypatch
):
    monkeypatch.setattr(module, "MOST", 3)
    subscriber, story = subscribe(receiver), ["case.opened", "case.decided", "case.reopened", "case.fixed"]
    cases = [happen(*story) for _ in range(6)]
    together = Barrier(3)

    def work():
        together.wait(10)
        for _ in range(60):
            with sessions() as own:
                fan_out(own)

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.scalars(select(DeliveryBatch)).all() == []
    assert len(types_of(session, subscriber)) == 24
    for case_id in cases:
        told = select(Event.type).join(Delivery, Delivery.event_id == Event.id)
        found = session.scalars(told.where(Event.case_id == case_id).order_by(Delivery.id)).all()
        assert found == story


def test_what_has_no_row_yet_is_counted_as_waiting(session, site, happen, subscribe, receiver):
    subscriber = subscribe(receiver)
    happen("case.opened", "report.received", together=True)

    def counts():
        lane = next(lane for lane in lanes(session) if lane.name == DELIVERIES)
        return count_by_state(session, site.id)[subscriber.id], lane.waiting, lane.oldest_seconds > 0

    assert counts() == ((2, 0), 2, True)
    fan_out(session)
    assert counts() == ((2, 0), 2, True)


def test_clean_up_sets_aside_what_no_worker_ever_sent(session, sessions, site, subscribe, receiver, clock):
    subscribe(receiver)
    case = CaseFactory(site=site)
    record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
    session.commit()
    clock.time = NOON
    clock.pass_(days=8)
    tidy(sessions, clock())
    assert session.scalars(select(Delivery.set_aside_at)).all() == [clock()]
