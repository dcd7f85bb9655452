"""The interface of a kind of subscriber. One file per kind; services/outbox/kinds.py lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.models import Event, Subscriber
from moderation.origin import UNKNOWN, Origin


class NotDelivered(Exception):
    """The receiver did not accept it. The text says why; the desk shows it."""

    def __init__(
        self, why: str, *, retry_after: float = 0.0, is_final: bool = False, is_blocked: bool = False
    ) -> None:
        super().__init__(why)
        self.is_blocked = is_blocked
        """Only a person can help: the subscriber pauses at once, and its admins are told."""
        self.retry_after = retry_after
        """Seconds that the receiver asked us to wait."""
        self.is_final = is_final
        """Another attempt would end the same."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The content of a delivery. Another attempt has the same id, so that a receiver recognises it."""

    id: UUID
    """The event's id; of a bundle, that of its first event."""
    request: str
    now: datetime
    origin: Origin = UNKNOWN


@dataclass(frozen=True, slots=True)
class Composed:
    """The text to send, and what it leaves out of a bundle: that is not told yet, and may be told later."""

    request: str
    left_out: frozenset[UUID] = frozenset()
    """Ids of events."""


TESTS = ("test",)
"""An admin who tries a subscriber out does not wait."""


class Kind(Protocol):
    """Composes and sends the messages of a subscriber. Threads share one."""

    def is_bundled(self, subscriber: Subscriber) -> bool:
        """Return whether everything that is due goes into one message (a digest)."""
        ...

    def never_waits(self) -> Sequence[str]:
        """Return the types of events that wait for no digest and for no end of quiet hours."""
        ...

    def not_before(self, subscriber: Subscriber, now: datetime, since: datetime) -> datetime:
        """Return the earliest time to send: `now`, the time of the digest, or the end of quiet hours.

        `since`: when the first of the deliveries became due.
        """
        ...

    def compose(
        self, session: Session, subscriber: Subscriber, events: Sequence[Event], now: datetime
    ) -> Composed | None:
        """Return what to send, or None if the subscriber needs nothing. Its text is stored and shown.

        It must not commit, and must not wait for other machines. More than one event: a bundle.
        """
        ...

    def send(self, subscriber: Subscriber, parcel: Parcel) -> str:
        """Send it, outside any transaction. Returns the answer, for the desk. Raises NotDelivered."""
        ...
