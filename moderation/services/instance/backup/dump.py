"""Write a backup: every table as it was at one moment, while the instance runs."""

import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

import psycopg
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Connection, Engine, MetaData, text

from moderation.services.instance.backup.archive import FORMAT, ArchiveWriter, Manifest, write_archive
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.migrate import MIGRATION_LOCK
from moderation.version import VERSION

UNFINISHED = ".part"


def write_backup(
    engine: Engine,
    path: Path,
    *,
    now: datetime,
    secret_key: str | None = None,
    passphrase: str | None = None,
) -> dict[str, int]:
    """Write a backup to a new file, and return the rows of each table. Raises BackupProblem.

    An existing file is replaced only by a whole backup: until then the name ends in `.part`.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        with open(unfinished, "wb", opener=_private) as file:
            rows = _write(engine, file, now=now, secret_key=secret_key, passphrase=passphrase)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise BackupProblem(f"{path} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _private(path: str, flags: int) -> int:
    """Open a new file. In a folder that others may write to, no file or link of theirs is followed."""
    return os.open(path, flags | os.O_EXCL | os.O_NOFOLLOW, 0o600)


def _write(
    engine: Engine, file: BinaryIO, *, now: datetime, secret_key: str | None, passphrase: str | None
) -> dict[str, int]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        _require_no_migration(connection)
        manifest = _describe(connection, now)
        with write_archive(file, passphrase) as archive:
            archive.write_manifest(manifest)
            if secret_key is not None:
                archive.write_secret_key(secret_key)
            rows = {
                name: _copy(connection, archive, name, columns) for name, columns in manifest.tables.items()
            }
            archive.write_end(rows)
    return rows


def _require_no_migration(connection: Connection) -> None:
    """Keep migrations out until the transaction ends. Raises BackupProblem if one runs."""
    asked = text("SELECT pg_try_advisory_xact_lock_shared(:key)")
    if not connection.execute(asked, {"key": MIGRATION_LOCK}).scalar_one():
        raise BackupProblem("a migration or a restore runs on this database: try again when it has ended")


def _describe(connection: Connection, now: datetime) -> Manifest:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise BackupProblem("the database has no tables yet: there is nothing to back up")
    reflected = MetaData()
    reflected.reflect(connection)
    tables = {
        str(table.name): [str(column.name) for column in table.columns if column.computed is None]
        for table in reflected.sorted_tables
        if table.name != "alembic_version"
    }
    return Manifest(FORMAT, VERSION, revision, now.isoformat(), tables)


def _copy(connection: Connection, archive: ArchiveWriter, name: str, columns: list[str]) -> int:
    with driver_connection(connection).cursor() as cursor:
        with cursor.copy(copy_statement(name, columns, "TO STDOUT")) as copy:
            archive.write_table(name, map(bytes, copy))
        return cursor.rowcount


def driver_connection(connection: Connection) -> "psycopg.Connection[tuple[object, ...]]":
    """Return psycopg's connection: SQLAlchemy has no COPY."""
    return cast("psycopg.Connection[tuple[object, ...]]", connection.connection.driver_connection)


def copy_statement(name: str, columns: list[str], direction: str) -> sql.Composed:
    """Return a COPY statement for these columns."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(name), names)
