"""The relay: runs the jobs of outbox messages, and marks the messages as done.

A batch is one transaction with messages of one site. If a worker dies, the batch is rolled back. If a batch
fails, the relay repeats it in halves, so that only the failing message stays undone.
"""

import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete, func, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from moderation.figures import FIGURES, Figures, NoFigures
from moderation.models import OutboxMessage
from moderation.models.outbox import NO_SITE, Topic
from moderation.origin import UNKNOWN, Origin, working_for
from moderation.services.conflicts import is_locked, is_passing
from moderation.services.events import ORIGINS
from moderation.services.outbox import claim
from moderation.services.outbox.failure import MOST_ATTEMPTS, kind_of, pause_after, text_of
from moderation.services.outbox.turns import Turns
from moderation.tracing import NoTracing, Tracing

Job = Callable[[Session, Sequence[UUID], datetime], None]
"""Does the work of messages with one topic, by their subjects' ids. It can run twice and must not commit."""

BATCH = 200
_KEEP_DONE = timedelta(days=7)
# Other sites wait for a site's batch. The first is small, and the size of the next follows from the time.
_FIRST_BATCH = 16
_SMALLEST_BATCH = 8
_BATCH_SECONDS = 0.25
# Among the first `batch * _WINDOW` messages of a site, pages take turns.
_WINDOW = 5
# A page that a decision or a recheck holds for longer must not hold up the other sites.
_LOCK_TIMEOUT = text("SET LOCAL lock_timeout = '2s'")

log = structlog.get_logger()


@dataclass(slots=True)
class Relay:
    """Runs the jobs of the outbox. `build` identifies the running program in messages that it sets aside."""

    sessions: sessionmaker[Session]
    jobs: Mapping[Topic, Job]
    clock: Callable[[], datetime]
    build: str
    batch: int = BATCH
    stopwatch: Callable[[], float] = time.monotonic
    tracing: Tracing = field(default_factory=NoTracing)
    figures: Figures = field(default_factory=NoFigures)
    _last_site: UUID = NO_SITE
    _sizes: dict[UUID, int] = field(default_factory=dict)
    _turns: defaultdict[UUID, Turns] = field(default_factory=lambda: defaultdict(Turns))

    def drain(self) -> int:
        """Do all due messages. Returns their number.

        SKIP LOCKED lets several workers drain the outbox at the same time.
        """
        done = 0
        while (batch_done := self._next_batch()) is not None:
            done += batch_done
        return done

    def _next_batch(self) -> int | None:
        """Do one batch of the next site. Returns None if nothing is due."""
        with self.sessions() as session:
            site_id = claim.next_site(session, self.jobs, self._last_site)
            if site_id is None:
                return None
            self._last_site = site_id
            size, started = self._sizes.get(site_id, min(_FIRST_BATCH, self.batch)), self.stopwatch()
            waiting = claim.lock_first(session, self.jobs, site_id, size * _WINDOW)
            ids = self._turns[site_id].choose(waiting, size)
            done = self._run(session, ids)
        pace = (self.stopwatch() - started) / max(len(ids), 1)
        fitting = min(int(_BATCH_SECONDS / pace), size * 2) if pace else size * 2
        self._sizes[site_id] = min(max(fitting, _SMALLEST_BATCH), self.batch)
        return done

    def _run(self, session: Session, ids: Sequence[int]) -> int:
        """Do these messages of one topic in one transaction. If it fails, do each half in another."""
        session.execute(_LOCK_TIMEOUT)
        messages = claim.claim_again(session, ids)
        ids = [message.id for message in messages]
        try:
            if messages:
                self._do(session, messages)
            claim.mark_done(session, ids)
            session.commit()
        except Exception as error:  # a failing job must not stop the other messages
            session.rollback()
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            if len(ids) == 1:
                put_off(session, ids[0], error, build=self.build)
                return 0
            if is_locked(error):
                claim.put_off_all(session, ids, pause_after(1), text_of(error))
                log.warning("outbox.page_locked", messages=len(ids), error=text_of(error))
                return 0
            log.warning("outbox.batch_failed", messages=len(ids), error=text_of(error))
        else:
            return len(ids)
        return self._halves(ids)

    def _do(self, session: Session, messages: Sequence[OutboxMessage]) -> None:
        """Run the job. What it stores and logs names the requests that the messages come from."""
        job, topic = self.jobs[messages[0].topic], messages[0].topic
        known = {each.subject_id: Origin(each.request_id, each.traceparent) for each in messages}
        with self.tracing.jobs(topic, known) as origins:
            session.info[ORIGINS], session.info[FIGURES] = origins, self.figures
            only = next(iter(origins.values())) if len(origins) == 1 else UNKNOWN
            with working_for(only):
                job(session, [message.subject_id for message in messages], self.clock())

    def _halves(self, ids: Sequence[int]) -> int:
        done, middle = 0, len(ids) // 2
        for half in (ids[:middle], ids[middle:]):
            with self.sessions() as session:
                done += self._run(session, half)
        return done


def put_off(
    session: Session, message_id: int, error: Exception, *, build: str, network: bool = False
) -> None:
    """Store a failure, and schedule another attempt or set the message aside. Commits."""
    message = session.get_one(OutboxMessage, message_id, with_for_update=True)
    message.failure, message.error = kind_of(error), text_of(error)
    if not is_passing(error):  # a lock conflict does not count
        message.attempts += 1
    message.due_at = func.now() + pause_after(max(message.attempts, 1), network=network)
    if message.attempts >= MOST_ATTEMPTS:
        message.set_aside_at, message.set_aside_by = func.now(), build
    event = "outbox.set_aside" if message.attempts >= MOST_ATTEMPTS else "outbox.put_off"
    fields = {"message": message_id, "topic": message.topic, "attempts": message.attempts}
    session.commit()
    trace = "".join(traceback.format_exception(error))
    log.error(event, **fields, failure=message.failure, error=message.error, exception=trace)


def forget_done(sessions: sessionmaker[Session]) -> None:
    """Delete messages that were done long ago."""
    with sessions() as session:
        session.execute(delete(OutboxMessage).where(OutboxMessage.done_at < func.now() - _KEEP_DONE))
        session.commit()
