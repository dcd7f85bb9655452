"""End every way into an account that exists: sessions, API tokens, links to a new password."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation.models import Editor, EmailChange, PasswordReset, TelegramAccount, Token
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
