"""Where editors are signed in: kept here, so that a session can be seen, and ended from elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import DeskSession, Editor

IDLE = timedelta(days=14)
"""A browser that was not used for so long is signed out."""
_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER = 300


def start(session: Session, editor: Editor, browser: str, now: datetime) -> UUID:
    """The editor signed in with a browser; answers the new session's id, which its cookie holds."""
    session.execute(
        delete(DeskSession).where(DeskSession.editor_id == editor.id, DeskSession.last_seen_at < now - IDLE)
    )
    made = DeskSession(id=uuid7(), editor_id=editor.id, browser=browser[:_LONGEST_BROWSER], last_seen_at=now)
    session.add(made)
    session.commit()
    return made.id


def resume(session: Session, session_id: UUID, now: datetime) -> Editor | None:
    """The editor whose session this is; None when it was ended or is too old."""
    found = session.get(DeskSession, session_id)
    if found is None or found.last_seen_at < now - IDLE:
        return None
    if now - found.last_seen_at >= _NOTED_EVERY:
        found.last_seen_at = now
        session.commit()
    return session.get(Editor, found.editor_id)


def sessions_of(session: Session, editor: Editor) -> Sequence[DeskSession]:
    """The editor's sessions, the last used first."""
    return session.scalars(
        select(DeskSession)
        .where(DeskSession.editor_id == editor.id)
        .order_by(DeskSession.last_seen_at.desc(), DeskSession.id)
    ).all()


def end(session: Session, editor: Editor, session_id: UUID) -> None:
    """Sign one of the editor's browsers out; another's is left alone."""
    session.execute(
        delete(DeskSession).where(DeskSession.id == session_id, DeskSession.editor_id == editor.id)
    )
    session.commit()


def end_others(session: Session, editor: Editor, keep: UUID | None) -> None:
    """Sign all of the editor's browsers out but one. The caller commits."""
    gone = delete(DeskSession).where(DeskSession.editor_id == editor.id)
    session.execute(gone if keep is None else gone.where(DeskSession.id != keep))
