"""Deliveries to real receivers that fail, hang, answer garbage, redirect and come back."""

import time
from collections import defaultdict
from threading import Thread

import pytest
from sqlalchemy import delete, select

from moderation.models import Delivery, DeliveryBatch, Event, Subscriber
from moderation.services.events import Fact, record
from moderation.services.outbox.fan_out import fan_out
from moderation.services.triage.place import place
from tests.factories import NOON, CaseFactory, ReportFactory, SiteFactory
from tests.support.databases import wait_for_lock
from tests.support.outbox import delivery_states


def of_case(session, case):
    """The events of a case, in their order."""
    return session.scalars(select(Event.type).where(Event.case_id == case.id).order_by(Event.id)).all()


def by_case(bodies):
    found = defaultdict(list)
    for body in bodies:
        if body["id"] not in [earlier["id"] for earlier in found[body["data"]["case"]["id"]]]:
            found[body["data"]["case"]["id"]].append(body)
    return {case: [body["type"] for body in bodies] for case, bodies in found.items()}


def is_done(session):
    session.rollback()
    waiting = select(Delivery.id).where(Delivery.done_at.is_(None))
    return session.execute(waiting.union(select(DeliveryBatch.id)).limit(1)).first() is None


def test_reports_and_decisions_become_events_only_where_somebody_hears_them(
    session, site, act, subscribe, receiver
):
    report = ReportFactory(site=site)
    place(session, [report.id], NOON)
    session.commit()
    assert session.scalars(select(Event)).all() == []
    subscribe(receiver, hears=["case.opened", "report.received", "case.fixed"])
    second = ReportFactory(site=site, url="https://news.example/b")
    place(session, [second.id, report.id], NOON)  # a job can run twice
    session.commit()
    act("accept", "fix")
    events = session.execute(select(Event.type, Event.subject_id).order_by(Event.id)).all()
    assert [type_ for type_, _ in events] == ["case.opened", "report.received", "case.fixed"]
    assert events[1].subject_id == second.id


def test_what_a_transaction_rolls_back_never_happened(session, site, subscribe, receiver):
    subscribe(receiver)
    place(session, [ReportFactory(site=site).id], NOON)
    session.rollback()
    assert session.scalars(select(Event)).all() == session.scalars(select(DeliveryBatch)).all() == []


def test_events_arrive_in_order_and_name_no_person(session, act, editor, subscribe, receiver, dispatcher):
    subscribe(receiver)
    act("accept", "reopen", "reject")
    assert dispatcher(receiver).run() == 3
    assert [body["type"] for body in receiver.accepted] == ["case.decided", "case.reopened", "case.decided"]
    assert receiver.accepted[2]["data"]["decision"]["new_status"] == "rejected"
    assert editor.email.encode() not in b"".join(body for _, body in receiver.got)
    assert dispatcher(receiver).run() == 0


@pytest.mark.slow
def test_every_event_arrives_in_order_per_case_whatever_the_receivers_do(
    session, act, subscribe, receivers, dispatcher, clock
):
    """Failing, hanging, redirecting, cutting off and lying at first; they come back after some requests."""
    bad = {
        "fails": lambda n: (500, {}, b"no") if n % 3 else (200, {}, b""),
        "hangs": lambda n: None if n == 1 else (200, {}, b""),
        "lies": lambda n: (200, {"Content-Type": "text/html"}, b"\xff\x00<h1>garbage" * 1000),
        "redirects": lambda n: (302, {"Location": "http://127.0.0.1:1/"}, b"") if n < 4 else (204, {}, b""),
        "busy": lambda n: (429, {"Retry-After": "30"}, b"") if n == 2 else (200, {}, b""),
    }
    running = {name: receivers() for name in bad}
    for name, receiver in running.items():
        receiver.behaviour = bad[name]
        subscribe(receiver, name=name)
    cases = [act("accept", "reopen", "reject") for _ in range(3)]
    expected = {str(case.id): of_case(session, case) for case in cases}
    dispatch = dispatcher(*running.values())
    while not is_done(session):
        dispatch.run()
        clock.pass_(minutes=10)
    for name, receiver in running.items():
        assert by_case(receiver.accepted) == expected, name
    assert {result for result, _, _ in delivery_states(session)} == {"sent"}


def test_a_receiver_that_hangs_holds_up_no_other(session, act, subscribe, receivers, dispatcher):
    hanging, well = receivers(), receivers()
    hanging.behaviour = lambda n: None
    subscribe(hanging), subscribe(well)
    for _ in range(5):
        act("accept")
    arrived = []
    well.behaviour = lambda n: arrived.append(len(hanging.got)) or (200, {}, b"")
    dispatcher(hanging, well).run()
    # All five arrived while the hanging receiver had at most its attempts before the pause.
    assert len(arrived) == 5 and max(arrived) <= 3


def test_a_site_with_many_slow_receivers_holds_up_no_other_site(
    session, site, subscribe, receivers, dispatcher
):
    other, slow, well = SiteFactory(), [receivers() for _ in range(4)], receivers()
    for receiver in slow:
        receiver.behaviour = lambda n: time.sleep(0.1) or (200, {}, b"")
        subscribe(receiver)
    subscribe(well, site=other)  # made last
    for at in [site] * 20 + [other]:
        case = CaseFactory(site=at)
        record(session, at.id, [Fact("case.opened", case.id, case.id)], NOON)
    session.commit()
    before = []
    well.behaviour = lambda n: before.append(sum(len(one.got) for one in slow)) or (200, {}, b"")
    assert dispatcher(*slow, well, threads=4, seconds=5).run() == 81
    assert before[0] < 20


def test_an_event_that_is_deleted_in_the_middle_of_the_fan_out_stops_no_other(
    session, sessions, act, subscribe, receiver, dispatcher
):
    subscribe(receiver)
    act("accept", "reopen")
    first = select(Event.id).order_by(Event.id).limit(1).scalar_subquery()
    session.execute(delete(Event).where(Event.id == first))  # by the deletion of a site, say
    worker = Thread(target=dispatcher(receiver).run)
    worker.start()
    with sessions() as other:
        wait_for_lock(other)
    session.commit()
    worker.join()
    assert dispatcher(receiver).run() == 1
    assert [body["type"] for body in receiver.accepted] == ["case.reopened"]


def test_two_workers_send_each_delivery_once(session, act, subscribe, receiver, dispatcher):
    subscribe(receiver)
    for _ in range(4):
        act("accept", "reopen")
    workers = [Thread(target=dispatcher(receiver).run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    dispatcher(receiver).run()
    assert len(receiver.got) == len({body for _, body in receiver.got}) == 8


def test_a_worker_that_dies_in_the_middle_loses_nothing(session, act, subscribe, receiver, dispatcher, clock):
    subscribe(receiver)
    act("accept", "reopen")

    class Killed(BaseException):
        pass

    def kill():
        raise Killed

    dying = dispatcher(receiver)
    clock_calls = iter([clock.time, clock.time])
    dying.sender.clock = lambda: next(clock_calls, None) or kill()
    subscriber_id = session.scalars(select(Subscriber.id)).one()
    fan_out(session)
    with pytest.raises(Killed):
        dying.serve(subscriber_id)  # after the lease, before the sending
    assert dispatcher(receiver).run() == 0  # the lease holds both: the second waits for the first
    clock.pass_(minutes=4)
    assert dispatcher(receiver).run() == 2
    assert [body["type"] for body in receiver.accepted] == ["case.decided", "case.reopened"]
