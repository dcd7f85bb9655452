"""Send deliveries: many subscribers at a time, one delivery of each at a time.

Its transactions need not wait for the disk: one that a crash of PostgreSQL undoes is done again, and
receivers get an event twice.
"""

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event as Signal
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from moderation.services.outbox.claim import is_behind
from moderation.services.outbox.delivery_claim import due_subscribers
from moderation.services.outbox.failure import text_of
from moderation.services.outbox.fair_share import choose
from moderation.services.outbox.fan_out import fan_out
from moderation.services.outbox.sender import SHARE, Sender

THREADS = 16
_YIELD_SECONDS = 1.0
"""Pause after a share while many reports wait: on a small machine, sending slows down placing by a tenth."""
_TICK_SECONDS = 0.05
_REST_SECONDS = 1.0
"""A subscriber with nothing to send now, or that failed, rests: due deliveries may wait for earlier ones."""

log = structlog.get_logger()


@dataclass(slots=True)
class Dispatcher:
    """Sends the deliveries that are due. One of these per process."""

    sender: Sender
    threads: int = THREADS
    _running: dict[Future[int], tuple[UUID, UUID]] = field(default_factory=dict)
    _resting: dict[UUID, float] = field(default_factory=dict)

    @property
    def stop(self) -> Signal:
        """Set it to end `run` early."""
        return self.sender.stop

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
        with self.sender.sessions() as session:
            try:
                return fan_out(session)
            except DBAPIError as error:  # a site or a subscriber is deleted now; the next run tries again
                log.warning("delivery.fan_out_failed", error=text_of(error))
                return 0

    def _start(self, pool: ThreadPoolExecutor) -> int:
        free = self.threads - len(self._running)
        if free <= 0:
            return 0
        now = self.sender.stopwatch()
        self._resting = {id_: until for id_, until in self._resting.items() if until > now}
        besides = self._resting.keys() | {subscriber_id for subscriber_id, _ in self._running.values()}
        with self.sender.sessions() as session:
            due = due_subscribers(session, self.sender.kinds, self.sender.clock(), besides)
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
            if count < SHARE:
                self._resting[subscriber_id] = self.sender.stopwatch() + _REST_SECONDS
            if error is not None:  # the lease brings its delivery back
                log.error("delivery.broken", subscriber=str(subscriber_id), exc_info=error)
            done += count
        return done

    def serve(self, subscriber_id: UUID) -> int:
        """Send a subscriber's share. Returns how many deliveries were finished."""
        done = self.sender.send_share(subscriber_id)
        if done >= SHARE:
            self._yield_to_reports()
        return done

    def _yield_to_reports(self) -> None:
        with self.sender.sessions() as session:
            must_wait = is_behind(session)
        if must_wait:
            self.stop.wait(_YIELD_SECONDS)
