"""While many reports wait to be placed, sending makes pauses: reports come first on a small machine."""

from threading import Event as Signal

import pytest

from moderation.services.events import Fact, record
from moderation.services.outbox.claim import BACKLOG
from tests.factories import NOON, CaseFactory, OutboxMessageFactory, ReportFactory
from tests.support.outbox import delivery_states

COUNT = 25
"""More than a subscriber's share."""


class Pauses(Signal):
    """A stop signal that stores the pauses instead of making them."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def wait(self, timeout=None):
        self.seconds.append(timeout)
        return False


@pytest.mark.parametrize(("waiting", "pauses"), [(BACKLOG, 0), (BACKLOG + 1, 1)])
def test_sending_pauses_after_each_share_behind_a_backlog_and_still_sends_all(
    session, site, subscribe, receiver, dispatcher, waiting, pauses
):
    subscribe(receiver)
    case = CaseFactory(site=site)
    facts = [Fact("report.received", ReportFactory(site=site).id, case.id) for _ in range(COUNT)]
    record(session, site.id, facts, NOON)
    for _ in range(waiting):
        OutboxMessageFactory(subject_id=case.id, site_id=site.id)
    session.commit()
    stop = Pauses()
    assert dispatcher(receiver, stop=stop).run() == COUNT
    assert delivery_states(session) == [("sent", 0, False)] * COUNT
    assert len([seconds for seconds in stop.seconds if seconds >= 1]) == pauses
