"""Old deliveries and events do not stay for ever."""

from sqlalchemy import select

from moderation.models import Event
from moderation.services.outbox.deliveries import tidy
from tests.factories import NOON
from tests.support.outbox import delivery_states


def test_old_deliveries_are_forgotten_and_waiting_ones_set_aside(
    session, sessions, act, subscribe, receiver, dispatcher, clock
):
    subscribe(receiver)
    act("accept")
    dispatcher(receiver).run()
    act("accept")
    clock.time = NOON
    clock.pass_(days=8)
    tidy(sessions, clock())
    assert sorted(aside for _, _, aside in delivery_states(session)) == [False, True]
    clock.pass_(days=30)
    tidy(sessions, clock())
    assert delivery_states(session) == session.scalars(select(Event)).all() == []
