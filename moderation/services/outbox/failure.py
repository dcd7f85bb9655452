"""What a failed message says: the kind of failure, whether it counts, and when to try again."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Literal

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

FailureKind = Literal["mail_server", "data_refused", "timeout", "database", "program"]

MOST_ATTEMPTS = 5
"""A message that failed this often is set aside."""

_LONGEST_TEXT = 1000
# PostgreSQL's codes: serialization failure, deadlock, lock not available, administrator shutdown.
_PASSING = ("40001", "40P01", "55P03", "57P01")
_TIMEOUT = "57014"


def kind_of(error: BaseException) -> FailureKind:
    """The kind of a failure, for the sentence that a person reads."""
    if isinstance(error, IntegrityError):
        return "data_refused"
    if isinstance(error, DBAPIError):
        return "timeout" if _sqlstate(error) == _TIMEOUT else "database"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, SMTPException | OSError):
        return "mail_server"
    return "program"


def is_passing(error: BaseException) -> bool:
    """Whether the failure is nobody's fault: another transaction was in the way."""
    return isinstance(error, OperationalError) and _sqlstate(error) in _PASSING


def text_of(error: BaseException) -> str:
    """The failure's own text, short enough to store. A database error leaves out the statement."""
    original = getattr(error, "orig", None) or error
    return f"{type(original).__name__}: {original}".replace("\x00", "")[:_LONGEST_TEXT]


def pause_after(attempts: int, *, network: bool = False) -> timedelta:
    """How long to wait after `attempts` failures. A mail server is often away for longer than a lock."""
    return timedelta(seconds=(30 if network else 2) * 4 ** (attempts - 1))


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)
