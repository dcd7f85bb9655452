"""Database migrations: run them, and check that all have run."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from moderation.paths import MIGRATIONS
from moderation.services.instance.server import require_server

MIGRATION_LOCK = 0x636F7272
"""Advisory lock ("corr"): of two simultaneous upgrades, one waits. Backups hold it shared."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the pending migrations up to a revision. Raises OldServer."""
    require_server(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        try:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
            connection.commit()


def is_current(engine: Engine) -> bool:
    """Return whether all migrations have run."""
    with engine.connect() as connection:
        return frozenset(MigrationContext.configure(connection).get_current_heads()) == _heads()


def knows_revision(revision: str) -> bool:
    """Return whether this version of the program has the migration."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


@cache
def _heads() -> frozenset[str]:
    """Read the program's migrations once: /readyz asks often, and they are many files."""
    return frozenset(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
