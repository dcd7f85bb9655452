"""Database migrations: run them, and check that all have run."""

import time
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from moderation.paths import MIGRATIONS
from moderation.services.instance.server import NewerDatabase, newer_revision, require_server

MIGRATION_LOCK = 0x636F7272
"""Advisory lock ("corr"): of two simultaneous upgrades, one waits. Backups hold it shared."""
ATTEMPTS = 20
"""Attempts to get all locks while an instance runs. Each failed one changes nothing."""
_PAUSE = 0.5
_IN_THE_WAY = ("40P01", "55P03")
"""SQLSTATE of a deadlock, and of a lock that took too long."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the pending migrations up to a revision. Raises OldServer and NewerDatabase."""
    require_server(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        try:
            newer = newer_revision(connection)
            connection.rollback()  # the migrations begin their own transaction
            if newer is not None:
                raise NewerDatabase(newer)
            _run(connection, revision)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
            connection.commit()


def _run(connection: Connection, revision: str) -> None:
    """Run the migrations in one transaction. It is repeated if a running instance's lock was in the way."""
    config = alembic_config()
    config.attributes["connection"] = connection
    for left in reversed(range(ATTEMPTS)):
        try:
            command.upgrade(config, revision)
        except OperationalError as error:
            if not left or getattr(error.orig, "sqlstate", None) not in _IN_THE_WAY:
                raise
            connection.rollback()
            time.sleep(_PAUSE)
        else:
            return


def is_current(engine: Engine) -> bool:
    """Return whether all migrations of this version have run.

    That those of a newer version have run too does no harm: migrations only add what an earlier version does
    not know. So its processes stay in service until the newer ones are ready (a rolling upgrade).
    """
    with engine.connect() as connection:
        heads = frozenset(MigrationContext.configure(connection).get_current_heads())
    return heads == _heads() or (bool(heads) and not any(knows_revision(head) for head in heads))


def pending(connection: Connection) -> list[Script]:
    """Return the migrations that have not run, the first one first. There are none for a newer version."""
    heads = MigrationContext.configure(connection).get_current_heads()
    if not all(knows_revision(head) for head in heads):
        return []
    scripts = ScriptDirectory.from_config(alembic_config())
    return [*scripts.iterate_revisions("heads", heads or "base")][::-1]


def knows_revision(revision: str) -> bool:
    """Return whether this version of the program has the migration."""
    return revision in _revisions()


@cache
def _revisions() -> frozenset[str]:
    return frozenset(
        script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    )


@cache
def _heads() -> frozenset[str]:
    """Read the program's migrations once: /readyz asks often, and they are many files."""
    return frozenset(ScriptDirectory.from_config(alembic_config()).get_heads())


def alembic_config() -> Config:
    """Return Alembic's settings: where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
