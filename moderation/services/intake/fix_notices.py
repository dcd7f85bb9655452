"""Mail to a reader when the reported mistake is fixed: who asked for it, and when it is due.

The address is encrypted. It is deleted when the one mail was sent, after KEPT, or when the reader says so.
"""

from datetime import datetime, timedelta
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.orm import Session

from moderation.domain.accounts.mailboxes import is_plain
from moderation.models import Case, FixNotice, OutboxMessage, Placement, Report, Site, Withdrawal
from moderation.models.outbox import Topic
from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import seal

TOPIC: Topic = "report.fixed"
KEPT = timedelta(days=60)
MOST_WAITING = 10
"""Mails that wait for one mailbox: a stranger who enters somebody's address cannot cause more."""
UNDO_TIME = timedelta(minutes=2)
"""The mail waits this long, so that an editor can undo a slip."""
_WAITING = ("open", "accepted")


class InvalidAddress(ValueError):
    """The text is not an email address."""


class TooManyNotices(Exception):
    """Too many mails wait for this address."""


def is_offered(session: Session, report_id: UUID) -> bool:
    """Return whether the report's reader can ask for the mail: the site wants it, and it is not too late."""
    report = session.get(Report, report_id)
    if report is None or session.get(Withdrawal, report_id) is not None:
        return False
    site = session.get_one(Site, report.site_id)
    return site.settings.fix_mail and _status(session, report_id) in (None, *_WAITING)


def is_asked(session: Session, report_id: UUID) -> bool:
    """Return whether a mail about this report waits."""
    return session.get(FixNotice, report_id) is not None


def ask(session: Session, secret_keys: SecretKeys, report_id: UUID, address: str, lang: str) -> None:
    """Store the address for one mail. A report that has an address, or is fixed already, stays as it is.

    Raises InvalidAddress, TooManyNotices.
    """
    normal, hashed = _normal(address), address_hash(secret_keys, address)
    # Two requests for one mailbox take turns, so that they count each other.
    session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(hashed[:8], "big", signed=True))))
    waiting = select(func.count()).where(FixNotice.address_hash == hashed)
    if session.scalars(waiting).one() >= MOST_WAITING:
        session.rollback()
        raise TooManyNotices
    # The lock keeps a decision about the case away: it sees the address, or the address sees it.
    _status(session, report_id, lock=True)
    if is_offered(session, report_id):
        values = {
            "report_id": report_id,
            "site_id": session.get_one(Report, report_id).site_id,
            "address": seal(secret_keys, "reader_address", normal),
            "address_hash": hashed,
            "lang": lang,
        }
        session.execute(insert_or_skip(FixNotice).values(values).on_conflict_do_nothing())
    session.commit()


def erase(session: Session, report_id: UUID) -> None:
    """Delete the address of a report. The caller commits."""
    session.execute(delete(FixNotice).where(FixNotice.report_id == report_id))


def mail_later(session: Session, case: Case, now: datetime) -> None:
    """Store an outbox message for each reader of a fixed case who wants mail. The caller commits."""
    asked = (
        select(FixNotice.report_id)
        .join(Placement, Placement.report_id == FixNotice.report_id)
        .where(Placement.case_id == case.id)
    )
    due_at = now + UNDO_TIME
    messages = [
        {"topic": TOPIC, "subject_id": report_id, "site_id": case.site_id, "due_at": due_at}
        for report_id in session.scalars(asked)
    ]
    if messages:
        session.execute(insert(OutboxMessage), messages)


def erase_old(session: Session, now: datetime) -> None:
    """Delete old addresses, and those of sites that send no such mail any more. Commits."""
    session.execute(delete(FixNotice).where(FixNotice.created_at <= now - KEPT))
    sites = session.scalars(select(Site).where(Site.id.in_(select(FixNotice.site_id)))).all()
    without = [site.id for site in sites if not site.settings.fix_mail]
    session.execute(delete(FixNotice).where(FixNotice.site_id.in_(without)))
    session.commit()


def address_hash(secret_keys: SecretKeys, address: str) -> bytes:
    """Return the keyed hash of a mailbox. Letter case and a "+tag" do not make another one.

    Raises InvalidAddress.
    """
    local, _, domain = _normal(address).lower().rpartition("@")
    return secret_keys.digest(f"fix notice {local.partition('+')[0]}@{domain}".encode())[:16]


def _normal(address: str) -> str:
    if not is_plain(address):
        raise InvalidAddress("the address has an encoded word")
    try:
        return validate_email(address.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise InvalidAddress(str(error)) from None


def _status(session: Session, report_id: UUID, *, lock: bool = False) -> str | None:
    """Return the status of the report's case; None while it has none."""
    query = select(Case.status).join(Placement, Placement.case_id == Case.id)
    query = query.where(Placement.report_id == report_id)
    return session.scalar(query.with_for_update(read=True, of=Case) if lock else query)
