"""Databases that this program cannot work with: an old server, or the tables of a newer version."""

from typing import TYPE_CHECKING

from moderation.paths import MIGRATIONS

if TYPE_CHECKING:  # every command imports this module, also those that use no database
    from sqlalchemy import Connection, Engine

OLDEST = 16


class OldServer(RuntimeError):
    """The server is older than OLDEST. The text says so."""


class NewerDatabase(RuntimeError):
    """A newer version of the program has migrated the database. The text says what to do."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is at migration {revision}, which this version does not know: a newer version of "
            "Corrigenda migrated it. Install that version, or restore a backup made before its upgrade"
        )


def old_server(version_number: int) -> str | None:
    """Explain why a server of this `server_version_num` (150018 is 15.18) is too old; None if it is not."""
    major, minor = divmod(version_number, 10_000)
    if major >= OLDEST:
        return None
    return f"PostgreSQL {major}.{minor} is too old: Corrigenda needs {OLDEST} or later"


def require_server(engine: "Engine") -> None:
    """Check the server's version. Raises OldServer; DBAPIError if the server does not answer."""
    with engine.connect() as connection:
        number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    reason = old_server(number)
    if reason is not None:
        raise OldServer(reason)


def newer_revision(connection: "Connection") -> str | None:
    """Return the database's migration if this version of the program does not have it.

    It looks at the names of the migrations only, because web and worker ask at their start.
    """
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    is_known = revision is None or any((MIGRATIONS / "versions").glob(f"{revision}_*.py"))
    return None if is_known else str(revision)
