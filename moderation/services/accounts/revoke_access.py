"""End every way into an account that exists: sessions, API tokens, links to a new password."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation.models import Editor, PasswordReset, Token
from moderation.services.accounts.sessions import end_others


def revoke_access(session: Session, editor: Editor, *, keep: UUID | None = None) -> None:
    """End the editor's sessions but `keep`, all API tokens and reset links. The caller commits.

    A thief who had the account's password or session may have made tokens: a new password must end them too.
    """
    end_others(session, editor, keep=keep)
    for table in (Token, PasswordReset):
        session.execute(delete(table).where(table.editor_id == editor.id))
