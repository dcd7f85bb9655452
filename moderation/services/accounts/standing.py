"""Decide whether an account may act without its identity provider: by API token, buttons in a chat, passkey.

Sessions of accounts with SSO end after a day. Tokens, linked chats and passkeys do not ask the identity
provider, so it cannot say that a person left. They pause when it has not confirmed the account for some days.
"""

from datetime import datetime, timedelta

from moderation.models import Editor


def may_act(editor: Editor, now: datetime, sso_days: int) -> bool:
    """Return whether the account is not disabled, and its provider confirmed it at most `sso_days` ago."""
    if editor.disabled_at is not None:
        return False
    if editor.oidc_subject is None or editor.password_hash is not None:
        return True
    return editor.sso_confirmed_at is not None and editor.sso_confirmed_at > now - timedelta(days=sso_days)
