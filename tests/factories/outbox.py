"""Messages, events and their deliveries."""

import factory
from uuid_utils.compat import uuid7

from moderation.models import Delivery, DeliveryBatch, Event, OutboxMessage
from tests.factories.cases import CaseFactory
from tests.factories.notify import SubscriberFactory
from tests.factories.row import NOON, Row


class OutboxMessageFactory(Row):
    """Of a report that does not exist; `OutboxMessageFactory(subject_id=report.id)`."""

    class Meta:
        model = OutboxMessage

    topic = "report.received"
    subject_id = factory.LazyFunction(uuid7)


class EventFactory(Row):
    class Meta:
        model = Event
        exclude = ("case",)

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    site_id = factory.SelfAttribute("case.site_id")
    type = "case.opened"
    subject_id = factory.SelfAttribute("case.id")
    occurred_at = NOON


class DeliveryFactory(Row):
    class Meta:
        model = Delivery
        exclude = ("case",)

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    event = factory.SubFactory(EventFactory, case=factory.SelfAttribute("..case"))
    subscriber = factory.SubFactory(SubscriberFactory, site=factory.SelfAttribute("..case.site"))


class DeliveryBatchFactory(Row):
    class Meta:
        model = DeliveryBatch
        exclude = ("subscriber",)

    subscriber = factory.SubFactory(SubscriberFactory)
    subscriber_id = factory.SelfAttribute("subscriber.id")
    event_ids = factory.LazyFunction(list)
