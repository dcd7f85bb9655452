"""Receivers that fail: retries, pauses, messages to admins, and what is never tried again."""

import pytest
from sqlalchemy import select

from moderation.models import Delivery, OutboxMessage, Subscriber
from moderation.services.outbox.deliveries import send_again, try_now
from tests.factories import EditorFactory
from tests.support.outbox import delivery_states


@pytest.mark.slow
def test_a_failing_delivery_is_retried_alone_with_growing_pauses_then_set_aside(
    session, act, subscribe, receiver, dispatcher, clock
):
    poison, well = act(), act()
    receiver.behaviour = lambda n: (
        (500, {}, b"cannot") if str(poison.id).encode() in receiver.got[-1][1] else (200, {}, b"")
    )
    subscriber = subscribe(receiver)
    act("accept", case=poison)
    pauses = []
    for _ in range(12):
        act("accept" if well.status == "open" else "reopen", case=well)
        dispatcher(receiver).run()
        session.expire_all()
        delivery = session.scalars(select(Delivery).where(Delivery.case_id == poison.id)).one()
        pauses.append((delivery.due_at - clock()).total_seconds())
        clock.pass_(hours=9)
    assert pauses[:4] == [10, 30, 90, 270] and delivery.set_aside_at is not None
    assert delivery.answer == "500 cannot" and str(poison.id) in delivery.request
    assert len(receiver.accepted) == 12
    receiver.behaviour = lambda n: (200, {}, b"thanks")
    send_again(session, session.get(Subscriber, subscriber.id), delivery.id, clock())
    dispatcher(receiver).run()
    session.refresh(delivery)
    assert (delivery.result, delivery.answer) == ("sent", "200 thanks")


@pytest.mark.slow
def test_a_subscriber_that_keeps_failing_is_paused_and_its_admins_are_told_once(
    session, site, act, subscribe, receiver, dispatcher, clock
):
    admin = EditorFactory(role="admin", role__site=site)
    receiver.behaviour = lambda n: (503, {}, b"")
    subscriber = subscribe(receiver)
    for _ in range(12):
        act("accept")
    for _ in range(10):
        dispatcher(receiver).run()
        clock.pass_(hours=1)
    session.refresh(subscriber)
    assert subscriber.failures == len(receiver.got) == 10  # one per run
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "subscriber.failing")).all()
    assert [message.subject_id for message in told] == [admin.id]
    receiver.behaviour = lambda n: (200, {}, b"")
    try_now(session, subscriber, clock())
    assert dispatcher(receiver).run() == 12
    session.refresh(subscriber)
    assert (subscriber.failures, subscriber.paused_until, subscriber.admins_told_at) == (0, None, None)


def test_a_receiver_that_is_gone_for_good_is_asked_once(session, act, subscribe, receiver, dispatcher):
    receiver.behaviour = lambda n: (410, {}, b"gone")
    subscribe(receiver)
    act("accept")
    dispatcher(receiver).run()
    assert delivery_states(session) == [(None, 1, True)]


def test_a_private_address_that_an_admin_entered_is_refused(session, act, subscribe, receiver, dispatcher):
    subscribe(receiver, is_operators=False)
    act("accept")
    dispatcher(receiver).run()
    assert receiver.got == []
    assert "private address" in session.scalars(select(Delivery.answer)).one()
