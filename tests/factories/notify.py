"""Subscribers of a site's events, and their Telegram bots."""

import factory
from uuid_utils.compat import uuid7

from moderation.models import Subscriber, TelegramBot, TelegramMessage
from moderation.models.event import EVENT_TYPES
from tests.factories.cases import CaseFactory
from tests.factories.row import Row
from tests.factories.sites import SiteFactory


class SubscriberFactory(Row):
    """A webhook that hears everything; `SubscriberFactory(site=site, settings={"url": "…"})`."""

    class Meta:
        model = Subscriber

    id = factory.LazyFunction(uuid7)
    site = factory.SubFactory(SiteFactory)
    kind = "webhook"
    name = factory.Sequence(lambda n: f"Webhook {n}")
    hears = factory.LazyFunction(lambda: list(EVENT_TYPES))


class TelegramBotFactory(Row):
    class Meta:
        model = TelegramBot

    subscriber = factory.SubFactory(SubscriberFactory, kind="telegram")
    bot_id = factory.Sequence(lambda n: 1_000 + n)
    username = factory.Sequence(lambda n: f"news{n}_bot")


class TelegramMessageFactory(Row):
    class Meta:
        model = TelegramMessage
        exclude = ("case", "subscriber")

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    subscriber = factory.SubFactory(
        SubscriberFactory, site=factory.SelfAttribute("..case.site"), kind="telegram"
    )
    subscriber_id = factory.SelfAttribute("subscriber.id")
    message_id = factory.Sequence(lambda n: 1 + n)
