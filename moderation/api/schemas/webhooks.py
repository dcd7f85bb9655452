"""Schemas of webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.sites.limits import Url
from moderation.models import Subscriber
from moderation.models.event import EVENT_TYPES, EventType
from moderation.services.notify.subscribers import LONGEST_NAME

Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
Events = Annotated[list[EventType], Meta(min_length=1)]


class WebhookQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The site whose webhooks are listed."""

    site: UUID


class WebhookIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A new webhook. Without `events` it gets all of them."""

    site: UUID
    url: Url
    name: Name = "Webhook"
    events: Events = msgspec.field(default_factory=lambda: list(EVENT_TYPES))


class WebhookChange(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Changes of a webhook. A field that is null is not changed."""

    url: Url | None = None
    name: Name | None = None
    events: Events | None = None
    active: bool | None = None


class WebhookOut(msgspec.Struct, frozen=True):
    """A webhook. `secret` is there only once: when the webhook or its secret is new."""

    id: UUID
    site: UUID
    name: str
    url: str
    events: list[EventType]
    active: bool
    failures: int
    """Failed attempts since the last success."""
    paused_until: datetime | None
    secret: str | None = None

    @classmethod
    def of(cls, subscriber: Subscriber, secret: str | None = None) -> "WebhookOut":
        """Make the API's form of a webhook."""
        return cls(
            id=subscriber.id,
            site=subscriber.site_id,
            name=subscriber.name,
            url=subscriber.settings["url"],
            events=subscriber.hears,
            active=subscriber.is_on,
            failures=subscriber.failures,
            paused_until=subscriber.paused_until,
            secret=secret,
        )


class WebhookList(msgspec.Struct, frozen=True):
    """The webhooks of a site."""

    items: list[WebhookOut]


class TestOut(msgspec.Struct, frozen=True):
    """A test delivery was requested."""

    id: UUID
