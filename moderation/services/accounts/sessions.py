"""Sign-in sessions of editors. The database stores them, so an editor can list them and end them remotely."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import DeskSession, Editor
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled

IDLE = timedelta(days=14)
"""A session ends if its browser was not used for this time."""
LONGEST = timedelta(days=30)
"""A session ends so long after sign-in, also when it is in use."""
LONGEST_SSO = timedelta(days=1)
"""The same for accounts with SSO: the next sign-in asks the provider whether they may still enter."""
_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER = 300


def start(
    session: Session,
    editor: Editor,
    browser: str,
    now: datetime,
    *,
    how: str = "password",
    is_known_device: bool = True,
    confirmed_at: datetime | None = None,
) -> UUID:
    """Create a session after sign-in and return its id. The cookie holds this id.

    The account's owner is told by mail about a sign-in from a device that is not known. `confirmed_at`: when
    the person showed every factor of the account, if they did.
    """
    session.execute(
        delete(DeskSession).where(DeskSession.editor_id == editor.id, DeskSession.last_seen_at < now - IDLE)
    )
    started = DeskSession(
        id=uuid7(),
        editor_id=editor.id,
        browser=browser[:_LONGEST_BROWSER],
        created_at=now,
        last_seen_at=now,
        confirmed_at=confirmed_at,
    )
    session.add(started)
    record(session, editor, "sign_in.succeeded" if is_known_device else "sign_in.new_device", how=how)
    session.commit()
    return started.id


def resume(session: Session, session_id: UUID, now: datetime) -> Editor | None:
    """Return the editor of a session; None if the session was ended or is too old."""
    both = select(DeskSession, Editor).join(Editor, Editor.id == DeskSession.editor_id)
    row = session.execute(both.where(DeskSession.id == session_id)).one_or_none()
    if row is None:
        return None
    desk_session, editor = row
    if (
        desk_session.last_seen_at < now - IDLE
        or desk_session.created_at <= now - LONGEST
        or not is_enabled(editor)
    ):
        return None
    if editor.password_hash is None and desk_session.created_at <= now - LONGEST_SSO:
        return None
    if now - desk_session.last_seen_at >= _NOTED_EVERY:
        desk_session.last_seen_at = now
        session.commit()
    return editor


def sessions_of(session: Session, editor: Editor) -> Sequence[DeskSession]:
    """Return the editor's sessions, the most recently used first."""
    return session.scalars(
        select(DeskSession)
        .where(DeskSession.editor_id == editor.id)
        .order_by(DeskSession.last_seen_at.desc(), DeskSession.id)
    ).all()


def end(session: Session, editor: Editor, session_id: UUID) -> None:
    """End a session of the editor. A session of another editor stays unchanged."""
    ended = session.execute(
        delete(DeskSession).where(DeskSession.id == session_id, DeskSession.editor_id == editor.id)
    )
    if ended.rowcount:  # type: ignore[attr-defined]
        record(session, editor, "session.ended")
    session.commit()


def sign_out_others(session: Session, editor: Editor, keep: UUID) -> None:
    """End all of the editor's sessions except this one, as the editor asked."""
    end_others(session, editor, keep)
    record(session, editor, "sessions.ended")
    session.commit()


def end_others(session: Session, editor: Editor, keep: UUID | None) -> None:
    """End all of the editor's sessions except `keep`. The caller commits."""
    gone = delete(DeskSession).where(DeskSession.editor_id == editor.id)
    session.execute(gone if keep is None else gone.where(DeskSession.id != keep))


def end_confirmations(session: Session, editor_id: UUID) -> None:
    """Forget in all sessions that the editor confirmed who they are. The caller commits."""
    session.execute(update(DeskSession).where(DeskSession.editor_id == editor_id).values(confirmed_at=None))
