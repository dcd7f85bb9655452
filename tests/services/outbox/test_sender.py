"""A subscriber's share: claimed and composed together, sent one by one, and released where one fails."""

from dataclasses import dataclass

from sqlalchemy import text

from moderation.services.notify.webhook import WebhookKind
from tests.support.outbox import delivery_states


def decide_cases(act, count):
    return [act("accept") for _ in range(count)]


def cases_of(receiver):
    return [body["data"]["case"]["id"] for body in receiver.accepted]


def test_deliveries_behind_a_failed_one_do_not_wait_for_the_end_of_a_lease(
    session, act, subscribe, receiver, dispatcher, clock
):
    subscribe(receiver)
    receiver.behaviour = lambda n: (500, {}, b"") if n == 2 else (200, {}, b"")
    cases = [str(case.id) for case in decide_cases(act, 5)]
    assert dispatcher(receiver).run() == 1
    assert dispatcher(receiver).run() == 3  # after one success, the others come together again
    assert cases_of(receiver) == [cases[0], *cases[2:]]
    clock.pass_(seconds=15)
    assert dispatcher(receiver).run() == 1
    assert cases_of(receiver)[-1] == cases[1]


def test_a_worker_that_stops_in_the_middle_leaves_the_rest_to_the_next(
    session, act, subscribe, receiver, dispatcher
):
    subscribe(receiver)
    decide_cases(act, 4)
    stopping = dispatcher(receiver)
    receiver.behaviour = lambda n: stopping.stop.set() or (200, {}, b"")
    stopping.run()
    receiver.behaviour = lambda n: (200, {}, b"")
    assert len(receiver.got) < 4
    dispatcher(receiver).run()
    assert len(receiver.got) == len({body for _, body in receiver.got}) == 4


@dataclass(frozen=True, slots=True)
class Breaks(WebhookKind):
    """Composes messages, but the database refuses those of one case."""

    case_id: object = None

    def compose(self, session, subscriber, events, now):
        if events[0].case_id == self.case_id:
            session.execute(text("SELECT 1 / 0"))
        return WebhookKind.compose(self, session, subscriber, events, now)


def test_a_message_that_the_database_refuses_stops_no_other(
    session, act, subscribe, receiver, dispatcher, clock
):
    subscribe(receiver)
    cases = decide_cases(act, 4)
    broken = dispatcher(receiver)
    kind = broken.sender.kinds["webhook"]
    broken.sender.kinds = {"webhook": Breaks(kind.outbound, kind.secret_keys, cases[1].id)}
    for _ in range(4):
        broken.run()
        clock.pass_(minutes=1)
    assert sorted(cases_of(receiver)) == sorted(str(case.id) for case in cases if case is not cases[1])
    assert [state for state, _, _ in delivery_states(session)].count("sent") == 3
