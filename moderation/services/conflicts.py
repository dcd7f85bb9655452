"""Lock conflicts between transactions: recognise them, and repeat the use case that lost."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

MOST_TRIES = 4

# PostgreSQL's codes: serialization failure, deadlock.
_LOST = ("40001", "40P01")
_LOCKED = "55P03"
# Administrator shutdown.
_PASSING = (*_LOST, _LOCKED, "57P01")

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

log = structlog.get_logger()


def sqlstate(error: DBAPIError) -> str | None:
    """Return PostgreSQL's code of the error."""
    return getattr(error.orig, "sqlstate", None)


def is_passing(error: BaseException) -> bool:
    """Return whether the failure is temporary, such as a lock conflict."""
    return isinstance(error, OperationalError) and sqlstate(error) in _PASSING


def is_locked(error: BaseException) -> bool:
    """Return whether another transaction held a lock for longer than the lock timeout."""
    return isinstance(error, OperationalError) and sqlstate(error) == _LOCKED


def repeats_lost(
    use_case: Callable[Concatenate[Session, Arguments], Answer],
) -> Callable[Concatenate[Session, Arguments], Answer]:
    """Decorate a use case that is one transaction: repeat it if PostgreSQL ended it to resolve a deadlock.

    All writers lock in one order (docs/architecture.md), so this is rare.
    """

    @wraps(use_case)
    def run(session: Session, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        for _ in range(MOST_TRIES - 1):
            try:
                return use_case(session, *args, **kwargs)
            except OperationalError as error:
                if sqlstate(error) not in _LOST:
                    raise
                session.rollback()
                log.warning("transaction.repeated", use_case=use_case.__name__, sqlstate=sqlstate(error))
        return use_case(session, *args, **kwargs)

    return run
