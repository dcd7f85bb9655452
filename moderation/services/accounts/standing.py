"""Decide whether an account may act, where no session of the editor proves it.

A session ends when its account is disabled. Bulk decisions, routes and invitations of the editor go on
without a session, so they ask here.
Sessions of accounts with SSO end after a day. Tokens, linked chats and passkeys do not ask the identity
provider, so it cannot say that a person left. They pause when it has not confirmed the account for some days.
"""

from datetime import datetime, timedelta
from uuid import UUID

from moderation.models import Editor
from moderation.services.accounts.access import may_decide, may_run

IS_ENABLED = Editor.disabled_at.is_(None)
"""`is_enabled` as a condition of a query."""


def is_enabled(editor: Editor) -> bool:
    """Return whether the account is not disabled."""
    return editor.disabled_at is None


def may_act(editor: Editor, now: datetime, sso_days: int) -> bool:
    """Return whether the account is enabled, and its provider confirmed it at most `sso_days` ago."""
    if not is_enabled(editor):
        return False
    if editor.oidc_subject is None or editor.password_hash is not None:
        return True
    return editor.sso_confirmed_at is not None and editor.sso_confirmed_at > now - timedelta(days=sso_days)


def may_still_decide(editor: Editor, site_id: UUID) -> bool:
    """Return whether work without a session may decide cases of the site in this editor's name."""
    return is_enabled(editor) and may_decide(editor, site_id)


def may_still_run(editor: Editor, site_id: UUID) -> bool:
    """Return whether what the editor began may still change the site."""
    return is_enabled(editor) and may_run(editor, site_id)
