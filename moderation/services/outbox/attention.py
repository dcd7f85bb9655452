"""Messages that were set aside: count them, list them, and try them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from moderation.models import Editor, OutboxMessage
from moderation.services.accounts.access import NotAdmin, may_run
from moderation.services.outbox.claim import waiting

MOST_SHOWN = 200


class UnknownMessage(LookupError):
    """No message with this number needs attention on a site that the editor runs."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """The outbox in three numbers."""

    waiting: int
    oldest_seconds: float
    """Seconds since the oldest waiting message became due; 0 without such a message."""
    set_aside: int


def queue_state(session: Session) -> QueueState:
    """Count the messages that wait and those that need attention."""
    late = func.coalesce(func.extract("epoch", func.now() - func.min(OutboxMessage.due_at)), 0)
    count, oldest = session.execute(select(func.count(), late).where(waiting())).one()
    return QueueState(count, max(0.0, float(oldest)), count_set_aside(session))


def count_set_aside(session: Session, editor: Editor | None = None) -> int:
    """Count the messages that need attention: all, or those that the editor may try again."""
    query = select(func.count()).select_from(OutboxMessage).where(_set_aside(editor))
    return session.scalar(query) or 0


def list_set_aside(session: Session, editor: Editor) -> Sequence[OutboxMessage]:
    """List the messages that the editor may try again, latest first. Raises NotAdmin if they run no site."""
    _require_admin(editor)
    return session.scalars(
        select(OutboxMessage)
        .where(_set_aside(editor))
        .order_by(OutboxMessage.set_aside_at.desc(), OutboxMessage.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def try_again(session: Session, editor: Editor, message_id: int) -> None:
    """Try one message again. Raises UnknownMessage, NotAdmin."""
    _require_admin(editor)
    if _requeue(session, _set_aside(editor), OutboxMessage.id == message_id) == 0:
        raise UnknownMessage(message_id)
    session.commit()


def try_all_again(session: Session, editor: Editor) -> int:
    """Try all messages again that the editor may see. Returns their number. Raises NotAdmin."""
    _require_admin(editor)
    count = _requeue(session, _set_aside(editor))
    session.commit()
    return count


def try_again_after_upgrade(session: Session, build: str) -> int:
    """Try messages again that another build of the program set aside. Returns their number."""
    count = _requeue(session, _set_aside(None), OutboxMessage.set_aside_by.is_distinct_from(build))
    session.commit()
    return count


def _require_admin(editor: Editor) -> None:
    if not editor.is_owner and not _run_by(editor):
        raise NotAdmin


def _run_by(editor: Editor) -> list[UUID]:
    return [m.site_id for m in editor.memberships if may_run(editor, m.site_id)]


def _set_aside(editor: Editor | None) -> ColumnElement[bool]:
    needs_attention = OutboxMessage.set_aside_at.is_not(None)
    if editor is None or editor.is_owner:
        return needs_attention
    return needs_attention & OutboxMessage.site_id.in_(_run_by(editor))


def _requeue(session: Session, *conditions: ColumnElement[bool]) -> int:
    changed = session.execute(
        update(OutboxMessage)
        .where(*conditions)
        .values(set_aside_at=None, set_aside_by=None, attempts=0, due_at=func.now())
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount  # type: ignore[attr-defined, no-any-return]
