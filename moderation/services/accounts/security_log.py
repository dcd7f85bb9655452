"""Security log: sign-ins, and changes to the ways into an account.

Each event is a row of the account's security history and a line of the structured log (logger `security`).
Some events are also mailed to the account's owner. The log line holds no personal data: only the account's id
and a keyed hash of the address.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import AccountEvent, Editor, OutboxMessage

What = Literal[
    "sign_in.succeeded",
    "sign_in.failed",
    "sign_in.new_device",
    "code.failed",
    "identity.confirmed",
    "recovery_code.used",
    "recovery_codes.renewed",
    "two_factor.on",
    "two_factor.off",
    "passkey.added",
    "passkey.removed",
    "passkey.failed",
    "two_factor.required",
    "two_factor.not_required",
    "password.changed",
    "password.reset",
    "email.change_asked",
    "email.changed",
    "token.created",
    "token.revoked",
    "session.ended",
    "sessions.ended",
    "sso.linked",
    "telegram.linked",
    "telegram.unlinked",
    "role.changed",
    "account.created",
    "account.disabled",
    "account.enabled",
]

FAILURES: tuple[What, ...] = ("sign_in.failed", "code.failed", "passkey.failed")
MAILED: frozenset[What] = frozenset(
    {
        "sign_in.new_device",
        "recovery_code.used",
        "two_factor.on",
        "two_factor.off",
        "passkey.added",
        "passkey.removed",
        "password.changed",
        "password.reset",
        "email.change_asked",
        "email.changed",
        "token.created",
        "telegram.linked",
    }
)
"""Events that the account's owner is told by mail. SSO linking has a mail of its own (account.linked)."""
SHOWN, SHOWN_FAILURES = 50, 10
KEPT, KEPT_FAILURES = timedelta(days=365), timedelta(days=30)
_LONGEST_BROWSER = 300
_ORIGIN = "corrigenda_origin"

log = structlog.get_logger("security")


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of the changes in a database session. The default is the program or the command line."""

    browser: str = ""
    network: str = ""
    """The network in words, shortened."""
    address_hash: str = ""


def set_origin(session: Session, origin: Origin) -> None:
    """Say where the changes of this session come from, for all events that it records."""
    session.info[_ORIGIN] = origin


def record(
    session: Session, editor: Editor | None, what: What, *, mail_to: str | None = None, **details: Any
) -> None:
    """Record an event of an account, log it, and mail it if it is one of MAILED. The caller commits.

    `details` go to the log too: they must hold no secret and no personal data. `mail_to`: the address that is
    told, if it is not the account's present one.
    """
    origin: Origin = session.info.get(_ORIGIN, Origin())
    event = AccountEvent(
        id=uuid7(),
        editor_id=editor.id if editor else None,
        what=what,
        browser=origin.browser[:_LONGEST_BROWSER],
        network=origin.network,
        details=details | ({"mail_to": mail_to} if mail_to else {}),
    )
    session.add(event)
    if editor is not None and what in MAILED:
        session.add(OutboxMessage(topic="account.event", subject_id=event.id))
    log_event(session, what, event.editor_id, **details)


def log_event(session: Session, what: str, account: UUID | None, **details: Any) -> None:
    """Write the log line of an event. Refusals are logged only: they are no event of the account."""
    origin: Origin = session.info.get(_ORIGIN, Origin())
    log.info(what, account=str(account) if account else None, address=origin.address_hash or None, **details)


def history_of(session: Session, editor: Editor) -> Sequence[AccountEvent]:
    """Return the newest events, newest first: at most SHOWN, and SHOWN_FAILURES failed attempts.

    Failed attempts are counted apart, so that nobody can push the other events out of the list.
    """
    mine = select(AccountEvent).where(AccountEvent.editor_id == editor.id).order_by(AccountEvent.id.desc())
    events = session.scalars(mine.where(AccountEvent.what.not_in(FAILURES)).limit(SHOWN))
    failures = session.scalars(mine.where(AccountEvent.what.in_(FAILURES)).limit(SHOWN_FAILURES))
    return list(heapq.merge(events, failures, key=lambda event: event.id, reverse=True))


def forget_old(sessions: Callable[[], Session], now: datetime) -> int:
    """Delete events older than KEPT, and failed attempts older than KEPT_FAILURES. Returns their number."""
    failed = AccountEvent.what.in_(FAILURES) & (AccountEvent.created_at < now - KEPT_FAILURES)
    with sessions() as session:
        deleted = session.execute(delete(AccountEvent).where(failed | (AccountEvent.created_at < now - KEPT)))
        session.commit()
    return int(deleted.rowcount)  # type: ignore[attr-defined]
