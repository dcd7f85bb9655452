"""The relay: takes messages from the outbox, does what they ask for, and marks them done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import OutboxMessage
from moderation.models.outbox import Topic
from moderation.services.cases import bulk
from moderation.services.notify.mail import Mailer
from moderation.services.triage import place as triage
from moderation.services.triage import withdraw

Handler = Callable[[Session, Sequence[UUID]], None]

BATCH = 200
# A message that keeps failing is tried less and less often; it is never given up and never in the way.
_LONGEST_PAUSE = timedelta(hours=1)
_KEEP_DONE = timedelta(days=7)

log = structlog.get_logger()


def _take_out(session: Session, ids: Sequence[UUID]) -> None:
    withdraw.take_out(session, ids, datetime.now(UTC))


def _carry_on(session: Session, ids: Sequence[UUID]) -> None:
    bulk.carry_on(session, ids, datetime.now(UTC))


def _nobody_listens(_session: Session, _ids: Sequence[UUID]) -> None:
    """Decisions have no subscriber before webhooks come."""


HANDLERS: dict[Topic, Handler] = {
    "report.received": triage.place,
    "report.withdrawn": _take_out,
    "case.decided": _nobody_listens,
    "bulk.asked": _carry_on,
}
Handlers = Mapping[Topic, Handler]


def mail_handlers(mailer: Mailer) -> Handlers:
    """What is done about the topics that are mail."""
    return {
        "invitation.made": lambda session, ids: mailer.send_invitations(session, ids, datetime.now(UTC)),
        "reset.asked": lambda session, ids: mailer.send_resets(session, ids, datetime.now(UTC)),
    }


def drain(sessions: sessionmaker[Session], handlers: Handlers = HANDLERS, *, batch: int = BATCH) -> int:
    """Do all the work that is due. Answers how many messages were done.

    A batch is one transaction: a worker that dies in the middle leaves it as it was. SKIP LOCKED lets
    several workers drain side by side.
    """
    done = 0
    while taken := _drain_batch(sessions, handlers, batch):
        done += taken
    return done


def _drain_batch(sessions: sessionmaker[Session], handlers: Handlers, batch: int) -> int:
    with sessions() as session:
        messages = session.scalars(_due().limit(batch)).all()
        if not messages:
            return 0
        ids = [message.id for message in messages]
        try:
            for topic, handler in handlers.items():
                subjects = [message.subject_id for message in messages if message.topic == topic]
                if subjects:
                    handler(session, subjects)
            _mark_done(session, ids)
            session.commit()
        except Exception as error:  # whatever a handler does wrong, the other messages go on
            session.rollback()
            log.warning("outbox batch failed, going on one by one", error=repr(error), messages=len(ids))
        else:
            return len(ids)
    return sum(_drain_one(sessions, handlers, message_id) for message_id in ids)


def _drain_one(sessions: sessionmaker[Session], handlers: Handlers, message_id: int) -> int:
    """Do one message by itself, so that the one that fails is found and the others go on."""
    with sessions() as session:
        message = session.scalar(_due().where(OutboxMessage.id == message_id))
        if message is None:
            return 0
        try:
            handlers[message.topic](session, [message.subject_id])
            _mark_done(session, [message_id])
            session.commit()
        except Exception as error:  # kept with the message, and tried again later
            session.rollback()
            _put_off(session, message_id, error)
            return 0
        return 1


def _due() -> Select[OutboxMessage]:
    return (
        select(OutboxMessage)
        .where(OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= func.now())
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .with_for_update(skip_locked=True)
    )


def _mark_done(session: Session, ids: Sequence[int]) -> None:
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(done_at=func.now(), error=None)
        .execution_options(synchronize_session=False)
    )


def _put_off(session: Session, message_id: int, error: Exception) -> None:
    message = session.get_one(OutboxMessage, message_id)
    message.attempts += 1
    message.error = repr(error)[:1000]
    pause = min(timedelta(seconds=2**message.attempts), _LONGEST_PAUSE)
    message.due_at = func.now() + pause
    session.commit()
    log.error("outbox message put off", message=message_id, attempts=message.attempts, error=message.error)


def forget_done(sessions: sessionmaker[Session]) -> None:
    """Drop messages that were done long ago."""
    with sessions() as session:
        session.execute(delete(OutboxMessage).where(OutboxMessage.done_at < func.now() - _KEEP_DONE))
        session.commit()
