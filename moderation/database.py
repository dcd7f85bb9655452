"""Connections to PostgreSQL, the same for every process."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from moderation.settings import Settings

ENGINE_OPTIONS: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": 5,
    "pool_recycle": 1800,
    # What readers wrote stays out of logs and of stored errors.
    "hide_parameters": True,
    "connect_args": {
        "connect_timeout": 3,
        # A reader gets a clear 503 rather than a request that hangs.
        "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c timezone=UTC",
    },
}


def make_engine(settings: Settings) -> Engine:
    """A pool of connections. Pinged before use: workers live longer than databases."""
    return create_engine(settings.sqlalchemy_url, pool_pre_ping=True, **ENGINE_OPTIONS)


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions whose objects may be read after the commit."""
    return sessionmaker(engine, expire_on_commit=False)
