"""Send the deliveries of one subscriber, outside any transaction.

Deliveries are leased and composed together, sent one by one, and each is marked as done. If a worker dies,
another one sends what is left when the lease ends: receivers get each event at least once, with the same id.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from moderation.figures import DELIVERIES, Figures, NoFigures
from moderation.models import Delivery, Subscriber
from moderation.origin import Origin, working_for
from moderation.services.notify.kind import Composed, Kind, NotDelivered, Parcel
from moderation.services.outbox.delivery_claim import MOST_BUNDLED, claim, due_since, hold, release
from moderation.services.outbox.delivery_result import Chance, fail, finish
from moderation.tracing import NoTracing, Tracing

LEASE = timedelta(minutes=3)
"""Must be longer than a turn and the timeouts of every kind."""
SHARE = 20
"""Deliveries of a subscriber before the others get their turn."""
_TURN_SECONDS = 10.0
"""How long they may take. Receivers that are slow on purpose must not keep the threads."""

log = structlog.get_logger()


@dataclass(slots=True)
class _Message:
    """The deliveries that one message tells. It is sent, or nothing is needed, or `fault` says why not."""

    deliveries: Sequence[Delivery]
    is_bundle: bool
    composed: Composed | None = None
    fault: NotDelivered | None = None

    @property
    def subscriber(self) -> Subscriber:
        return self.deliveries[0].subscriber

    def told(self) -> set[int]:
        """Return the numbers of the deliveries whose events the message tells."""
        if self.composed is None:
            return set()
        left_out = self.composed.left_out
        return {delivery.id for delivery in self.deliveries if delivery.event_id not in left_out}


@dataclass(slots=True)
class Sender:
    """Sends a subscriber's deliveries. Threads share one; `stop` ends it early."""

    sessions: sessionmaker[Session]
    kinds: Mapping[str, Kind]
    clock: Callable[[], datetime]
    chance: Chance
    lease: timedelta = LEASE
    stop: Signal = field(default_factory=Signal)
    stopwatch: Callable[[], float] = time.monotonic
    tracing: Tracing = field(default_factory=NoTracing)
    figures: Figures = field(default_factory=NoFigures)

    def send_share(self, subscriber_id: UUID) -> int:
        """Send the next deliveries of a subscriber, until one fails. Returns how many were finished."""
        done, until = 0, self.stopwatch() + _TURN_SECONDS
        while done < SHARE:
            messages = self._composed(self._claim(subscriber_id, SHARE - done))
            finished = self._send_all(messages, until)
            done += finished
            if not finished or finished < sum(len(message.deliveries) for message in messages):
                break
        return done

    def _claim(self, subscriber_id: UUID, most: int) -> list[_Message]:
        now = self.clock()
        with self.sessions() as session:
            subscriber = session.get(Subscriber, subscriber_id)
            if subscriber is None or not subscriber.is_on:
                return []
            kind = self.kinds[subscriber.kind]
            bundled = kind.is_bundled(subscriber)
            since = due_since(session, subscriber, now) if bundled else now
            until = kind.not_before(subscriber, now, since)
            is_early = until > now
            bundled = bundled and not is_early
            most = MOST_BUNDLED if bundled else 1 if subscriber.failures else most
            only = kind.never_waits() if is_early else None
            claimed = claim(session, subscriber, now, now + self.lease, most, bundled=bundled, only=only)
            if is_early and not claimed:
                hold(session, subscriber, now, until)
            session.commit()
        parts = [claimed] if bundled and claimed else [[delivery] for delivery in claimed]
        return [_Message(part, bundled) for part in parts]

    def _composed(self, messages: list[_Message]) -> list[_Message]:
        """Compose messages, and store them, so that another attempt sends the same.

        Returns the messages. If the database refuses one, only the first is left: the others are tried alone.
        """
        try:
            with self.sessions() as session:
                stored = [row for message in messages for row in self._compose(session, message)]
                if stored:
                    session.execute(update(Delivery), stored)
                session.commit()
        except DBAPIError as error:
            if len(messages) == 1:
                messages[0].fault = _fault(messages[0].subscriber, error)
                return messages
            self._release(messages[1:])
            return self._composed(messages[:1])
        return messages

    def _compose(self, session: Session, message: _Message) -> list[dict[str, object]]:
        """Compose a message. Returns what to store of it."""
        subscriber, first = message.subscriber, message.deliveries[0]
        if first.request is not None and not message.is_bundle:
            message.composed = Composed(first.request)
            return []
        events = [delivery.event for delivery in message.deliveries]
        try:
            composed = self.kinds[subscriber.kind].compose(session, subscriber, events, self.clock())
        except DBAPIError:
            raise
        except NotDelivered as error:
            message.fault = error
            return []
        except Exception as error:  # a fault of one kind must not stop the others
            message.fault = _fault(subscriber, error)
            return []
        message.composed = composed
        return [{"id": min(message.told()), "request": composed.request}] if composed is not None else []

    def _send_all(self, messages: Sequence[_Message], until: float) -> int:
        """Send messages until one fails or the turn ends; release the rest. Returns the deliveries done."""
        done, left = 0, list(messages)
        while left and not self.stop.is_set() and self.stopwatch() <= until:
            message = left.pop(0)
            if not self._send(message):
                break
            done += len(message.deliveries)
        self._release(left)
        return done

    def _release(self, messages: Sequence[_Message]) -> None:
        left = [delivery.id for message in messages for delivery in message.deliveries]
        if left:
            with self.sessions() as session:
                release(session, left, self.clock())

    def _send(self, message: _Message) -> bool:
        subscriber, claimed = message.subscriber, message.deliveries
        kind_name = subscriber.kind
        try:
            answer = self._hand_over(message)
        except NotDelivered as error:
            failure = error
        except Exception as error:  # a fault of one kind must not stop the others
            failure = _fault(subscriber, error)
        else:
            told = message.told()
            with self.sessions() as session:
                finish(session, claimed, told, answer, self.clock())
            self.figures.count(DELIVERIES, kind_name, "sent", by=len(told))
            self.figures.count(DELIVERIES, kind_name, "unneeded", by=len(claimed) - len(told))
            return True
        with self.sessions() as session:
            set_aside = fail(session, claimed, failure, self.clock(), self.chance)
        self.figures.count(DELIVERIES, kind_name, "failed", by=len(claimed))
        self.figures.count(DELIVERIES, kind_name, "set_aside", by=set_aside)
        return False

    def _hand_over(self, message: _Message) -> str | None:
        """Send a message in the trace of the request that its first event comes from. Raises NotDelivered."""
        if message.fault is not None:
            raise message.fault
        if message.composed is None:
            return None
        subscriber, event = message.subscriber, message.deliveries[0].event
        known = Origin(event.request_id, event.traceparent)
        with self.tracing.delivery(subscriber.kind, known) as origin, working_for(origin):
            parcel = Parcel(event.id, message.composed.request, self.clock(), origin)
            return self.kinds[subscriber.kind].send(subscriber, parcel)


def _fault(subscriber: Subscriber, error: Exception) -> NotDelivered:
    log.error("delivery.fault", subscriber=str(subscriber.id), kind=subscriber.kind, exc_info=error)
    return NotDelivered(f"a fault of the program: {type(error).__name__}")
