"""Link an editor's account with a Telegram account, by a one-time code that the person sends to a bot."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.models import Editor, TelegramAccount
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled, may_act

VALID = timedelta(minutes=15)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 12
"""Characters of a code: 59 bits."""
_NAME_LENGTH = 100


class WrongCode(ValueError):
    """The code is wrong, was used, or is too old."""


class LinkedElsewhere(ValueError):
    """The Telegram account belongs to another editor's account."""


def telegram_of(session: Session, editor: Editor) -> TelegramAccount | None:
    """Return the editor's linked account; None without one."""
    account = session.get(TelegramAccount, editor.id)
    return account if account is not None and account.user_id is not None else None


def make_code(session: Session, secret_keys: SecretKeys, editor: Editor, now: datetime) -> str:
    """Return a new code for the editor. An earlier code is not valid any more."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    values = {"code_digest": _digest(secret_keys, code), "code_expires_at": now + VALID}
    row = insert(TelegramAccount).values(editor_id=editor.id, **values)
    session.execute(row.on_conflict_do_update(index_elements=["editor_id"], set_=values))
    session.commit()
    return code


def link(
    session: Session, secret_keys: SecretKeys, code: str, *, user_id: int, name: str, now: datetime
) -> Editor:
    """Link the account of the code with a Telegram account. The code is used up.

    Raises WrongCode, LinkedElsewhere.
    """
    digest = _digest(secret_keys, code.strip().lower())
    account = session.scalar(
        select(TelegramAccount).where(TelegramAccount.code_digest == digest).with_for_update()
    )
    if account is None or account.code_expires_at is None or account.code_expires_at <= now:
        raise WrongCode
    if not is_enabled(account.editor):
        raise WrongCode
    account.code_digest = account.code_expires_at = None
    account.user_id, account.name, account.linked_at = user_id, name[:_NAME_LENGTH], now
    record(session, account.editor, "telegram.linked")
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise LinkedElsewhere from None
    return account.editor


def unlink(session: Session, editor: Editor) -> None:
    """Remove the editor's linked account and code."""
    account = session.get(TelegramAccount, editor.id)
    if account is None:
        return
    if account.user_id is not None:
        record(session, editor, "telegram.unlinked")
    session.delete(account)
    session.commit()


def editor_of_user(session: Session, user_id: int, now: datetime, sso_days: int) -> Editor | None:
    """Return the editor with this Telegram account, if the account may act (see standing.py)."""
    account = session.scalar(select(TelegramAccount).where(TelegramAccount.user_id == user_id))
    return account.editor if account is not None and may_act(account.editor, now, sso_days) else None


def _digest(secret_keys: SecretKeys, code: str) -> bytes:
    return secret_keys.digest(b"telegram " + code.encode())
