"""The databases of tests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from moderation.models import Base

_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


# Deleting the few rows of a test takes 10 ms. TRUNCATE creates files for all tables and indexes: 240 ms.
_EMPTY = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables))


def empty(session: Session) -> None:
    """Delete all rows."""
    session.execute(text(_EMPTY))
    session.commit()


def forgo_durability(url: str) -> None:
    """Let a server of our own commit without waiting for the disk: nobody needs its data after a crash."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in _DURABILITY:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def wait_for_lock(session: Session) -> None:
    """Wait until a transaction waits for another one."""
    while not session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
        time.sleep(0.01)


@contextmanager
def empty_database(engine: Engine, name: str) -> Iterator[Engine]:
    """Make another database on the server of this engine, without tables, for the time of the block."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = create_engine(engine.url.set(database=name))
    try:
        yield made
    finally:
        made.dispose()
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))  # it waits for a checkpoint
            connection.execute(text(f"DROP DATABASE {name}"))


def digests(engine: Engine) -> dict[str, tuple[int, str]]:
    """Return the number of rows and a digest of all values of each table."""
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    rows = """SELECT count(*), coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM "{}" t"""
    with engine.connect() as connection:
        names = connection.scalars(text(tables)).all()
        return {name: tuple(connection.execute(text(rows.format(name))).one()) for name in names}
