"""End every way into an account that exists: sessions, API tokens, links to a new password."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.models import (
    AuditEntry,
    Editor,
    EmailChange,
    PasswordReset,
    ServerKey,
    TelegramAccount,
    Token,
)
from moderation.services.accounts.sessions import end_confirmations, end_others


def revoke_access(session: Session, editor: Editor, *, keep: UUID | None = None) -> None:
    """End the editor's sessions but `keep`, all tokens, reset and address links, and the Telegram account.

    The caller commits.
    A thief who had the account's password or session may have made tokens: a new password must end them too.
    """
    end_others(session, editor, keep=keep)
    end_confirmations(session, editor.id)
    session.execute(delete(Token).where(Token.editor_id == editor.id))
    session.execute(delete(TelegramAccount).where(TelegramAccount.editor_id == editor.id))
    session.execute(delete(EmailChange).where(EmailChange.editor_id == editor.id))
    session.execute(delete(PasswordReset).where(PasswordReset.email == editor.email))


def revoke_server_keys(session: Session, editor: Editor) -> int:
    """Revoke the server keys that somebody made who left: they know them. Returns their number.

    The audit log of each site says so. The caller commits.
    """
    keys = session.scalars(select(ServerKey).where(ServerKey.created_by == editor.id)).all()
    for key in keys:
        details = {"name": key.name, "member": editor.email}
        session.add(AuditEntry(site_id=key.site_id, what="server_key.revoked", details=details))
        session.delete(key)
    return len(keys)
