"""Let one process of the instance do a piece of work at a time, however many schedulers ask for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_GIVE = text("SELECT pg_advisory_unlock(:key)")


@contextmanager
def only_one(engine: Engine, key: int) -> Iterator[bool]:
    """Yield whether the lock is ours: if not, another process does this work now.

    The lock is of a connection, which waits outside any transaction. A process that dies gives it back.
    """
    with engine.connect() as connection:
        is_ours = bool(connection.execute(_TAKE, {"key": key}).scalar_one())
        connection.commit()
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.execute(_GIVE, {"key": key})
                connection.commit()
