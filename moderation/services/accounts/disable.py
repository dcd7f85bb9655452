"""Disable accounts. A disabled account has no sessions, tokens or server keys, and cannot sign in.

Its history stays.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from moderation.models import Editor
from moderation.services.accounts.revoke_access import revoke_access, revoke_server_keys
from moderation.services.accounts.security_log import record


def disable_editor(session: Session, editor: Editor, now: datetime) -> int:
    """Disable an account until `enable_editor` is called. Returns the number of revoked server keys."""
    editor.disabled_at = editor.disabled_at or now
    revoke_access(session, editor)
    revoked = revoke_server_keys(session, editor)
    record(session, editor, "account.disabled")
    session.commit()
    return revoked


def enable_editor(session: Session, editor: Editor) -> None:
    """Let the account sign in again with its old password. Its tokens stay revoked."""
    editor.disabled_at = None
    record(session, editor, "account.enabled")
    session.commit()
