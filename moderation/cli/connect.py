"""How a command finds the database: the environment, the running stack, or one for its own time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from moderation.database import make_engine, make_sessions
from moderation.services.instance.migrate import upgrade
from moderation.settings import Settings, default_data_dir
from moderation.standalone.stack import open_stack, running_stack


@contextmanager
def database() -> Iterator[Engine]:
    """An engine on the instance's database."""
    if os.environ.get("DATABASE_URL"):
        yield from _engine(dict(os.environ))
        return
    data_dir = default_data_dir().resolve()
    running = running_stack(data_dir)
    if running is not None:
        yield from _engine({**os.environ, **running})
        return
    with open_stack(data_dir, with_redis=False) as stack:
        for engine in _engine({**os.environ, **stack.env}):
            upgrade(engine)
            yield engine


@contextmanager
def session() -> Iterator[Session]:
    """A session on the instance's database."""
    with database() as engine, make_sessions(engine)() as opened:
        yield opened


def _engine(env: dict[str, str]) -> Iterator[Engine]:
    # These commands need the database alone.
    env.setdefault("REDIS_URL", "redis://unused")
    env.setdefault("SECRET_KEY", "unused by commands that only write to the database")
    engine = make_engine(Settings.from_env(env))
    try:
        yield engine
    finally:
        engine.dispose()
