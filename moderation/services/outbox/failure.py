"""Failures of outbox messages: their kind, whether they count, and the pause before the next attempt."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Literal

from sqlalchemy.exc import DBAPIError, IntegrityError

from moderation.services.conflicts import sqlstate

FailureKind = Literal["mail_server", "data_refused", "timeout", "database", "program"]

MOST_ATTEMPTS = 5
"""A message that failed this often is set aside."""

_LONGEST_TEXT = 1000
# PostgreSQL's code of a statement that took too long.
_TIMEOUT = "57014"


def kind_of(error: BaseException) -> FailureKind:
    """Return the kind of a failure. The desk shows a label for it."""
    if isinstance(error, IntegrityError):
        return "data_refused"
    if isinstance(error, DBAPIError):
        return "timeout" if sqlstate(error) == _TIMEOUT else "database"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, SMTPException | OSError):
        return "mail_server"
    return "program"


def text_of(error: BaseException) -> str:
    """Return the failure's text, cut to a storable length. For a database error it omits the statement."""
    original = getattr(error, "orig", None) or error
    return f"{type(original).__name__}: {original}".replace("\x00", "")[:_LONGEST_TEXT]


def pause_after(attempts: int, *, network: bool = False) -> timedelta:
    """Return the pause after `attempts` failures. It is longer for the network than for database locks."""
    return timedelta(seconds=(30 if network else 2) * 4 ** (attempts - 1))
