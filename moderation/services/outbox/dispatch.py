"""Send deliveries, outside any transaction: many subscribers at a time, one delivery of each at a time.

A delivery is leased, sent, and marked as done. If a worker dies, another one sends it again when the lease
ends: receivers get each event at least once, with the same id. So its transactions need not wait for the
disk: one that a crash of PostgreSQL undoes is done again.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from moderation.figures import DELIVERIES, Figures, NoFigures
from moderation.models import Delivery, Event, Subscriber
from moderation.origin import Origin, working_for
from moderation.services.notify.kind import Composed, Kind, NotDelivered, Parcel
from moderation.services.outbox.claim import is_behind
from moderation.services.outbox.delivery_claim import claim, due_since, due_subscribers, hold
from moderation.services.outbox.delivery_result import Chance, fail, finish
from moderation.services.outbox.failure import text_of
from moderation.services.outbox.fair_share import choose
from moderation.services.outbox.fan_out import fan_out
from moderation.tracing import NoTracing, Tracing

THREADS = 16
LEASE = timedelta(minutes=3)
"""Must be longer than the timeouts of every kind."""
_SHARE = 20
"""Deliveries of a subscriber before the others get their turn."""
_TURN_SECONDS = 10.0
"""How long they may take. Receivers that are slow on purpose must not keep the threads."""
_YIELD_SECONDS = 1.0
"""Pause after a share while many reports wait: on a small machine, sending slows down placing by a tenth."""
_TICK_SECONDS = 0.05
_REST_SECONDS = 1.0
"""A subscriber with nothing to send now, or that failed, rests: due deliveries may wait for earlier ones."""

log = structlog.get_logger()


@dataclass(slots=True)
class Dispatcher:
    """Sends the deliveries that are due. One of these per process; `stop` ends it early."""

    sessions: sessionmaker[Session]
    kinds: Mapping[str, Kind]
    clock: Callable[[], datetime]
    chance: Chance
    threads: int = THREADS
    lease: timedelta = LEASE
    stop: Signal = field(default_factory=Signal)
    stopwatch: Callable[[], float] = time.monotonic
    tracing: Tracing = field(default_factory=NoTracing)
    figures: Figures = field(default_factory=NoFigures)
    _running: dict[Future[int], tuple[UUID, UUID]] = field(default_factory=dict)
    _resting: dict[UUID, float] = field(default_factory=dict)

    def run(self) -> int:
        """Send until nothing is due. Returns the number of finished deliveries."""
        done = 0
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="deliver")
        while not self.stop.is_set():
            batches = self._fan_out()
            started = self._start(pool)
            if not batches and not started and not self._running:
                break
            done += self._collect()
        pool.shutdown(wait=not self.stop.is_set(), cancel_futures=True)
        self._running.clear()
        self._resting.clear()
        return done

    def _fan_out(self) -> int:
        with self.sessions() as session:
            try:
                return fan_out(session)
            except DBAPIError as error:  # a site or a subscriber is deleted now; the next run tries again
                log.warning("delivery.fan_out_failed", error=text_of(error))
                return 0

    def _start(self, pool: ThreadPoolExecutor) -> int:
        free = self.threads - len(self._running)
        if free <= 0:
            return 0
        now = self.stopwatch()
        self._resting = {id_: until for id_, until in self._resting.items() if until > now}
        besides = self._resting.keys() | {subscriber_id for subscriber_id, _ in self._running.values()}
        with self.sessions() as session:
            due = due_subscribers(session, self.kinds, self.clock(), besides)
        busy = Counter(site_id for _, site_id in self._running.values())
        chosen = choose(due, busy, free, per_site=max(1, self.threads // 2))
        for subscriber_id, site_id in chosen:
            self._running[pool.submit(self.serve, subscriber_id)] = (subscriber_id, site_id)
        return len(chosen)

    def _collect(self) -> int:
        finished, _ = wait(self._running, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
        done = 0
        for future in finished:
            (subscriber_id, _), error = self._running.pop(future), future.exception()
            count = future.result() if error is None else 0
            if count < _SHARE:
                self._resting[subscriber_id] = self.stopwatch() + _REST_SECONDS
            if error is not None:  # the lease brings its delivery back
                log.error("delivery.broken", subscriber=str(subscriber_id), exc_info=error)
            done += count
        return done

    def serve(self, subscriber_id: UUID) -> int:
        """Send the next deliveries of one subscriber, until one fails. Returns how many were finished."""
        done, until = 0, self.stopwatch() + _TURN_SECONDS
        for _ in range(_SHARE):
            if self.stop.is_set() or self.stopwatch() > until:
                break
            count = self._send_next(subscriber_id)
            done += count
            if not count:
                break
        if done >= _SHARE:
            self._yield_to_reports()
        return done

    def _yield_to_reports(self) -> None:
        with self.sessions() as session:
            must_wait = is_behind(session)
        if must_wait:
            self.stop.wait(_YIELD_SECONDS)

    def _send_next(self, subscriber_id: UUID) -> int:
        now = self.clock()
        with self.sessions() as session:
            subscriber = session.get(Subscriber, subscriber_id)
            if subscriber is None or not subscriber.is_on:
                return 0
            kind = self.kinds[subscriber.kind]
            bundled = kind.is_bundled(subscriber)
            since = due_since(session, subscriber, now) if bundled else now
            until = kind.not_before(subscriber, now, since)
            is_early = until > now
            bundled = bundled and not is_early
            only = kind.never_waits() if is_early else None
            claimed = claim(session, subscriber, now, now + self.lease, bundled=bundled, only=only)
            if is_early and not claimed:
                hold(session, subscriber, now, until)
            session.commit()
        return self._send(subscriber, kind, claimed, bundled=bundled) if claimed else 0

    def _send(self, subscriber: Subscriber, kind: Kind, claimed: Sequence[Delivery], *, bundled: bool) -> int:
        kind_name = subscriber.kind
        try:
            composed = self._composed(subscriber, kind, claimed, bundled=bundled)
            answer = None
            if composed is not None:
                answer = self._hand_over(subscriber, kind, claimed[0].event, composed.request)
        except NotDelivered as error:
            failure = error
        except Exception as error:  # a fault of one kind must not stop the others
            log.exception("delivery.fault", subscriber=str(subscriber.id), kind=subscriber.kind)
            failure = NotDelivered(f"a fault of the program: {type(error).__name__}")
        else:
            with self.sessions() as session:
                told = _told(claimed, composed)
                finish(session, claimed, told, answer, self.clock())
            self.figures.count(DELIVERIES, kind_name, "sent", by=len(told))
            self.figures.count(DELIVERIES, kind_name, "unneeded", by=len(claimed) - len(told))
            return len(claimed)
        with self.sessions() as session:
            set_aside = fail(session, claimed, failure, self.clock(), self.chance)
        self.figures.count(DELIVERIES, kind_name, "failed", by=len(claimed))
        self.figures.count(DELIVERIES, kind_name, "set_aside", by=set_aside)
        return 0

    def _hand_over(self, subscriber: Subscriber, kind: Kind, event: Event, request: str) -> str:
        """Send one message, in the trace of the request that its first event comes from."""
        known = Origin(event.request_id, event.traceparent)
        with self.tracing.delivery(subscriber.kind, known) as origin, working_for(origin):
            return kind.send(subscriber, Parcel(event.id, request, self.clock(), origin))

    def _composed(
        self, subscriber: Subscriber, kind: Kind, claimed: Sequence[Delivery], *, bundled: bool
    ) -> Composed | None:
        """Compose what to send and store it, so that another attempt sends the same."""
        if claimed[0].request is not None and not bundled:
            return Composed(claimed[0].request)
        with self.sessions() as session:
            events = [delivery.event for delivery in claimed]
            composed = kind.compose(session, subscriber, events, self.clock())
            if composed is not None:
                of_first = update(Delivery).where(Delivery.id == min(_told(claimed, composed)))
                session.execute(of_first.values(request=composed.request))
            session.commit()
        return composed


def _told(claimed: Sequence[Delivery], composed: Composed | None) -> set[int]:
    """Return the numbers of the deliveries whose events the message tells."""
    if composed is None:
        return set()
    return {delivery.id for delivery in claimed if delivery.event_id not in composed.left_out}
