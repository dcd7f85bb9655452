"""Webhooks: events as JSON, signed as Standard Webhooks says (standardwebhooks.com)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session
from standardwebhooks import Webhook

from moderation.models import Event, Subscriber
from moderation.origin import Origin
from moderation.secret_keys import SecretKeys
from moderation.services.notify.event_data import data_of
from moderation.services.notify.kind import TESTS, Composed, NotDelivered, Parcel
from moderation.services.notify.webhook_secrets import valid_secrets
from moderation.services.pages.outbound import NotSent, Outbound, Reply
from moderation.services.pages.retry_after import seconds_to_wait
from moderation.services.secret_box import CannotOpen

KIND = "webhook"
VERSION = 1
"""Version of the payload. Fields may be added; a change of meaning is a new version."""
_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class WebhookKind:
    """Sends one event per request."""

    outbound: Outbound
    secret_keys: SecretKeys

    def is_bundled(self, subscriber: Subscriber) -> bool:  # noqa: ARG002
        """No: receivers expect one event per request."""
        return False

    def never_waits(self) -> Sequence[str]:
        """Nothing waits."""
        return TESTS

    def not_before(self, subscriber: Subscriber, now: datetime, since: datetime) -> datetime:  # noqa: ARG002
        """Always at once."""
        return now

    def compose(
        self,
        session: Session,
        subscriber: Subscriber,  # noqa: ARG002
        events: Sequence[Event],
        now: datetime,  # noqa: ARG002
    ) -> Composed | None:
        """Return the body of the request. It holds no text of a reader beside the correction."""
        [event] = events
        data = data_of(session, event)
        if data is None:
            return None
        body = {
            "type": event.type,
            "version": VERSION,
            "id": str(event.id),
            "timestamp": event.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": data,
        }
        return Composed(json.dumps(body, ensure_ascii=False))

    def send(self, subscriber: Subscriber, parcel: Parcel) -> str:
        """POST the body. Any 2xx status is a success, whatever the body says. Raises NotDelivered."""
        try:
            secrets = valid_secrets(self.secret_keys, subscriber, parcel.now)
        except CannotOpen:
            why = "the secret cannot be read, because SECRET_KEY has changed: make a new secret"
            raise NotDelivered(why) from None
        message_id = f"msg_{parcel.id.hex}"
        signatures = [Webhook(secret).sign(message_id, parcel.now, parcel.request) for secret in secrets]
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(parcel.now.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        headers |= _origin_headers(parcel.origin)
        try:
            reply = self.outbound.send(
                "POST",
                subscriber.settings["url"],
                headers,
                parcel.request.encode(),
                is_operators=subscriber.is_operators,
            )
        except NotSent as error:
            raise NotDelivered(str(error)) from None
        return _judge(reply, parcel.now)


def _origin_headers(origin: Origin) -> dict[str, str]:
    """Name the request that the event comes from, so that logs and traces of both sides fit together."""
    named = {"X-Request-Id": origin.request_id, "traceparent": origin.traceparent}
    return {name: value for name, value in named.items() if value}


def _judge(reply: Reply, now: datetime) -> str:
    shown = f"{reply.status} {reply.text[:_SHOWN]}".strip()
    if 200 <= reply.status < 300:
        return shown
    if 300 <= reply.status < 400:
        shown = f"{reply.status}: redirects are not followed. Enter the final address"
    raise NotDelivered(
        shown,
        retry_after=seconds_to_wait(reply.headers.get("retry-after"), now),
        is_final=reply.status == 410,
    )
