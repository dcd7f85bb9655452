"""The id of a request goes with the work that it causes, also without traces."""

from sqlalchemy import select

from moderation.models import Event, OutboxMessage
from tests.factories import CaseFactory, EditorFactory
from tests.support.api import BODY, bearer


def test_the_events_of_a_report_name_its_request(client, session, site, subscribe, receiver, drain):
    subscribe(receiver, hears=["case.opened", "report.received"])
    site.origins = ["https://news.example"]
    session.commit()
    sent = [
        client.post("/api/v1/reports", json=BODY, headers={"X-Site-Key": site.site_key}) for _ in range(2)
    ]
    drain()
    first, second = [answer.headers["X-Request-Id"] for answer in sent]
    events = session.execute(select(Event.type, Event.request_id).order_by(Event.id)).all()
    assert [tuple(event) for event in events] == [
        ("case.opened", first), ("report.received", first), ("report.received", second)
    ]  # fmt: skip


def test_a_decision_and_its_message_name_the_request_of_the_editor(client, session, site):
    case = CaseFactory(site=site)
    headers = bearer(session, EditorFactory(is_owner=True))
    body = {"action": "reject", "version": case.version}
    decided = client.post(f"/api/v1/cases/{case.id}/decisions", json=body, headers=headers)
    assert decided.status_code == 200
    stored = session.scalars(select(OutboxMessage.request_id).where(OutboxMessage.topic == "case.decided"))
    assert stored.all() == [decided.headers["X-Request-Id"]]
