"""Connections to PostgreSQL, with the same options in every process."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from moderation.settings import Settings

ENGINE_OPTIONS: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": 5,
    "pool_recycle": 1800,
    # Keep readers' texts out of logs and stored errors.
    "hide_parameters": True,
    "connect_args": {
        "connect_timeout": 3,
        # Notice a server that is gone without a word. Unix sockets ignore these.
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        # Web processes have shorter ones: web/database_deadline.py.
        "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c timezone=UTC",
    },
}


def make_engine(settings: Settings) -> Engine:
    """Make a pool of connections. It pings a connection before use: a database can restart under a worker."""
    return create_engine(settings.sqlalchemy_url, pool_pre_ping=True, **ENGINE_OPTIONS)


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Make a session factory. Its objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def make_unsynced_sessions(engine: Engine) -> sessionmaker[Session]:
    """Make a session factory whose commits do not wait for the disk, for work that may be done twice.

    If PostgreSQL crashes, it loses the transactions of the last moments:
    https://www.postgresql.org/docs/current/wal-async-commit.html
    """
    sessions = make_sessions(engine)

    @event.listens_for(sessions, "after_begin")
    def _do_not_wait(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    return sessions
