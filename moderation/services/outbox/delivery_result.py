"""Store what came of a delivery: done, another attempt later, or set aside. Pause failing subscribers."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation.models import Delivery, Editor, Membership, OutboxMessage, Subscriber
from moderation.models.delivery import Result
from moderation.services.accounts.standing import IS_ENABLED
from moderation.services.notify.kind import NotDelivered

MOST_ATTEMPTS = 12
"""A delivery that failed this often is set aside: after about two days."""
PAUSED_FROM = 3
"""After this many failures in a row the whole subscriber pauses, and each pause is longer."""
TOLD_FROM = 8
"""After this many the site's admins get mail."""
LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_RETRY = timedelta(hours=8)
_LONGEST_ANSWER = 2000

Chance = Callable[[], float]
"""A random number from 0 to 1."""

log = structlog.get_logger()


def retry_pause(attempts: int, chance: Chance) -> timedelta:
    """Return the pause after failed attempts: 10 s, 30 s, 90 s … 8 h, up to a fifth more or less."""
    return _spread(min(timedelta(seconds=10) * 3 ** (attempts - 1), _LONGEST_RETRY), chance)


def subscriber_pause(failures: int, chance: Chance) -> timedelta:
    """Return the pause of a subscriber after this many failures in a row: 15 s, 30 s … 1 h."""
    return _spread(min(timedelta(seconds=15) * 2 ** (failures - PAUSED_FROM), LONGEST_PAUSE), chance)


def _spread(pause: timedelta, chance: Chance) -> timedelta:
    return pause * (0.8 + 0.4 * chance())


def finish(
    session: Session, claimed: Sequence[Delivery], told: Set[int], answer: str | None, now: datetime
) -> None:
    """Mark deliveries as done: those that were told as sent, the others as unneeded. Commits.

    A subscriber that accepted one is healthy again.
    """
    unneeded = {delivery.id for delivery in claimed} - told
    results: list[tuple[Set[int], Result]] = [(told, "sent"), (unneeded, "unneeded")]
    for ids, result in results:
        if not ids:
            continue
        session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(done_at=now, tried_at=now, result=result, answer=_storable(answer))
            .execution_options(synchronize_session=False)
        )
    if told and claimed[0].subscriber.failures:
        session.execute(
            update(Subscriber)
            .where(Subscriber.id == claimed[0].subscriber_id)
            .values(failures=0, paused_until=None, admins_told_at=None)
            .execution_options(synchronize_session=False)
        )
    session.commit()


def fail(
    session: Session, claimed: Sequence[Delivery], error: NotDelivered, now: datetime, chance: Chance
) -> int:
    """Store a failed attempt, and plan the next one or set the deliveries aside. Commits.

    Returns how many were set aside.
    """
    asked = timedelta(seconds=min(error.retry_after, LONGEST_PAUSE.total_seconds()))
    ids = [delivery.id for delivery in claimed]
    subscriber = session.get(Subscriber, claimed[0].subscriber_id, with_for_update={"key_share": True})
    if subscriber is None:  # it was deleted, and its deliveries with it
        return 0
    set_aside = 0
    for delivery in session.scalars(select(Delivery).where(Delivery.id.in_(ids)).order_by(Delivery.id)):
        delivery.attempts += 1
        delivery.tried_at, delivery.answer = now, _storable(str(error))
        delivery.due_at = now + max(retry_pause(delivery.attempts, chance), asked)
        if error.is_final or delivery.attempts >= MOST_ATTEMPTS:
            delivery.set_aside_at = now
            set_aside += 1
    subscriber.failures = max(subscriber.failures + 1, TOLD_FROM if error.is_blocked else 0)
    if subscriber.failures >= PAUSED_FROM:
        subscriber.paused_until = now + max(subscriber_pause(subscriber.failures, chance), asked)
    if subscriber.failures >= TOLD_FROM and subscriber.admins_told_at is None:
        _tell_admins(session, subscriber, now)
    fields = {"subscriber": str(subscriber.id), "kind": subscriber.kind, "failures": subscriber.failures}
    session.commit()
    log.warning("delivery.failed", deliveries=ids[:10], **fields, error=str(error)[:200])
    return set_aside


def _tell_admins(session: Session, subscriber: Subscriber, now: datetime) -> None:
    subscriber.admins_told_at = now
    if subscriber.editor_id is not None:  # a member's own: only that member sees it
        return
    is_admin = (Membership.site_id == subscriber.site_id) & (Membership.role == "admin")
    admins = select(Editor.id).join(Membership).where(is_admin, IS_ENABLED)
    ids = session.scalars(admins).all() or session.scalars(
        select(Editor.id).where(Editor.is_owner, IS_ENABLED)
    )
    session.add_all(
        OutboxMessage(topic="subscriber.failing", subject_id=id_, site_id=subscriber.site_id) for id_ in ids
    )


def _storable(answer: str | None) -> str | None:
    return None if answer is None else answer.replace("\x00", "")[:_LONGEST_ANSWER]
