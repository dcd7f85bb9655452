"""Accounts of the instance, for its owners: who there is, and shutting somebody out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from moderation.models import DeskSession, Editor, Membership, ServerKey, Token
from moderation.services.accounts.access import NotOwner
from moderation.services.accounts.disable import disable_editor, enable_editor
from moderation.services.accounts.revoke_access import revoke_access
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled

MOST = 200
"""Accounts of one list. With more, search for the address or the name."""


class UnknownAccount(LookupError):
    """There is no account with this id."""


class OwnAccount(ValueError):
    """Owners do not shut themselves out."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account, and the ways into it that exist."""

    editor: Editor
    sessions: int
    tokens: int
    server_keys: int
    """Server keys that it made. They are revoked with the account."""
    last_seen_at: datetime | None
    """When a session was last used. None: no session exists."""


def accounts(session: Session, owner: Editor, q: str = "") -> Sequence[Account]:
    """Return the first MOST accounts by address; with `q`, those whose address or name holds it.

    Raises NotOwner.
    """
    _require_owner(owner)
    query = select(Editor).order_by(Editor.email).limit(MOST)
    query = query.options(selectinload(Editor.memberships).joinedload(Membership.site))
    if q:
        query = query.where(
            Editor.email.icontains(q, autoescape=True) | Editor.name.icontains(q, autoescape=True)
        )
    editors = session.scalars(query).all()
    ids = [editor.id for editor in editors]
    sessions, tokens = _count(session, DeskSession.editor_id, ids), _count(session, Token.editor_id, ids)
    keys = _count(session, ServerKey.created_by, ids)
    last_seen = select(DeskSession.editor_id, func.max(DeskSession.last_seen_at))
    last_seen = last_seen.where(DeskSession.editor_id.in_(ids)).group_by(DeskSession.editor_id)
    seen = {row[0]: row[1] for row in session.execute(last_seen)}
    return [
        Account(
            editor,
            sessions.get(editor.id, 0),
            tokens.get(editor.id, 0),
            keys.get(editor.id, 0),
            seen.get(editor.id),
        )
        for editor in editors
    ]


def _count(session: Session, of: InstrumentedAttribute[Any], ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = session.execute(select(of, func.count()).where(of.in_(ids)).group_by(of))
    return {row[0]: row[1] for row in rows}


def disable(session: Session, owner: Editor, editor_id: UUID, now: datetime) -> tuple[Editor, int]:
    """Disable an account. Returns it with the number of its revoked server keys.

    Raises NotOwner, UnknownAccount, OwnAccount.
    """
    editor = _other(session, owner, editor_id)
    return editor, disable_editor(session, editor, now)


def enable(session: Session, owner: Editor, editor_id: UUID) -> Editor:
    """Let a disabled account sign in again. Raises NotOwner, UnknownAccount, OwnAccount."""
    editor = _other(session, owner, editor_id)
    enable_editor(session, editor)
    return editor


def end_access(session: Session, owner: Editor, editor_id: UUID) -> Editor:
    """End all sessions and tokens of an account, which can sign in again.

    Raises NotOwner, UnknownAccount, OwnAccount.
    """
    editor = _other(session, owner, editor_id)
    revoke_access(session, editor)
    record(session, editor, "sessions.ended")
    session.commit()
    return editor


def _other(session: Session, owner: Editor, editor_id: UUID) -> Editor:
    # Of two owners who disable each other at once, only the first does: somebody must be left.
    both = select(Editor).where(Editor.id.in_([owner.id, editor_id])).order_by(Editor.id)
    both = both.with_for_update(key_share=True, of=Editor).execution_options(populate_existing=True)
    session.scalars(both).all()
    _require_owner(owner)
    editor = session.get(Editor, editor_id)
    if editor is None:
        raise UnknownAccount(editor_id)
    if editor.id == owner.id:
        raise OwnAccount
    return editor


def _require_owner(owner: Editor) -> None:
    if not owner.is_owner or not is_enabled(owner):
        raise NotOwner
