"""Rules and sections decide which channels and members hear of a case."""

from sqlalchemy import select

from moderation.models import Delivery, Event
from moderation.services.notify.event_data import case_of
from moderation.services.notify.wanted import wanted
from moderation.services.outbox.fan_out import fan_out
from tests.factories import (
    NOON,
    SubscriberFactory,
)


def test_a_channel_of_a_rule_hears_of_its_cases_only_and_once(session, site, show, route, report, read):
    settings = {"events": ["case.opened"], "section": "https://elsewhere.example/"}
    desk, other = (
        SubscriberFactory(site=site, kind="channel", settings=settings, hears=["case.opened"])
        for _ in range(2)
    )
    route(
        {"by": "section", "value": "Город", "channel": desk.id},
        {"by": "section", "value": "Спорт", "channel": other.id},
    )
    report()

    def heard(subscriber):
        fan_out(session)
        found = session.scalars(select(Delivery).where(Delivery.subscriber_id == subscriber.id)).all()
        told = [wanted(session, subscriber, [delivery.event]) for delivery in found]
        for delivery, is_told in zip(found, told, strict=True):
            delivery.result = delivery.result or ("sent" if is_told else "unneeded")
            delivery.done_at = NOON
        session.commit()
        return len([one for one in found if one.result == "sent"])

    assert (heard(desk), heard(other)) == (0, 0)  # the page was not read yet
    read()
    assert (heard(desk), heard(other)) == (1, 0)
    show(author="Другая")
    read()
    assert (heard(desk), heard(other)) == (1, 0)


def test_who_wants_some_sections_hears_of_a_new_page_when_it_was_read(session, site, show, report, read):
    def subscriber(section):
        settings = {"events": ["case.opened"], "section": section}
        return SubscriberFactory(site=site, kind="channel", settings=settings, hears=["case.opened"])

    wants, other, everything = subscriber("Спорт\n город "), subscriber("Спорт"), subscriber("")
    show()
    report()

    def heard():
        fan_out(session)
        for delivery in session.scalars(select(Delivery).where(Delivery.done_at.is_(None))).all():
            told = wanted(session, delivery.subscriber, [delivery.event])
            delivery.result, delivery.done_at = "sent" if told else "unneeded", NOON
        session.commit()
        sent = session.scalars(select(Delivery.subscriber_id).where(Delivery.result == "sent")).all()
        return [sent.count(one.id) for one in (wants, other, everything)]

    assert heard() == [0, 0, 1]
    read()
    assert heard() == [1, 0, 1]
    show(section="Спорт")
    read()
    assert heard() == [1, 1, 1]


def test_a_new_page_that_is_read_before_its_delivery_has_a_row_is_told_once(
    session, site, show, report, read
):
    settings = {"events": ["case.opened"], "section": "город"}
    SubscriberFactory(site=site, kind="channel", settings=settings, hears=["case.opened"])
    show()
    report()
    read()
    fan_out(session)
    assert len(session.scalars(select(Delivery)).all()) == 1


def test_a_member_can_hear_of_assigned_cases_only(session, site, show, route, member, report, read):
    mail = SubscriberFactory(
        site=site, kind="mail", editor_id=member.id, hears=["case.opened"],
        settings={"events": ["case.opened"], "assigned_only": True},
    )  # fmt: skip
    report()
    event = session.scalars(select(Event)).one()
    assert wanted(session, mail, [event]) == []
    route({"by": "author", "value": "Анна Лебедева", "member": member.id})
    read()
    assert case_of(session, event).assignee_id == member.id
    assert len(wanted(session, mail, [event])) == 1
