"""Restore a backup into an empty database."""

import psycopg
from sqlalchemy import Connection, Engine, inspect, text

from moderation.models import Base
from moderation.services.instance.backup.archive import ArchiveReader
from moderation.services.instance.backup.dump import copy_statement, driver_connection
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.migrate import MIGRATION_LOCK, knows_revision, upgrade

# A web process stores the fingerprint of its key at its first start.
_WITHOUT_DATA = ("instance",)


def restore_backup(engine: Engine, archive: ArchiveReader) -> dict[str, int]:
    """Load every table, then run later migrations. Returns the rows of each table. Raises BackupProblem.

    The tables are made as the backup's version had them. All rows come in one transaction: after an error
    the database is empty, and the restore can be repeated.
    """
    manifest = archive.manifest
    if not knows_revision(manifest.revision):
        raise BackupProblem(
            f"the backup is of Corrigenda {manifest.version}, which is newer: restore it with that version"
        )
    _drop_empty_tables(engine)
    upgrade(engine, manifest.revision)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        rows = {name: _load(connection, archive, name, columns) for name, columns in manifest.tables.items()}
        if archive.read_end() != rows:
            raise BackupProblem("the backup is damaged: the numbers of rows differ")
        _set_sequences(connection)
    upgrade(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("ANALYZE"))
        connection.execute(text("RESET statement_timeout"))
    return rows


def _drop_empty_tables(engine: Engine) -> None:
    """Drop our tables if all are empty. Raises BackupProblem if one holds data."""
    with engine.begin() as connection:
        present = set(inspect(connection).get_table_names())
        names = [table.name for table in Base.metadata.sorted_tables if table.name in present]
        if not names:
            return
        quoted = [f'"{name}"' for name in names]
        connection.execute(text(f"LOCK TABLE {', '.join(quoted)}"))
        for name in names:
            filled = connection.execute(text(f'SELECT EXISTS (SELECT FROM "{name}")')).scalar_one()  # noqa: S608
            if filled and name not in _WITHOUT_DATA:
                raise BackupProblem(
                    f"the database holds data already (table {name}): restore into an empty database, or "
                    "with --data-dir into a new directory"
                )
        connection.execute(text(f"DROP TABLE {', '.join(quoted)}, alembic_version"))


def _load(connection: Connection, archive: ArchiveReader, name: str, columns: list[str]) -> int:
    with driver_connection(connection).cursor() as cursor:
        try:
            with cursor.copy(copy_statement(name, columns, "FROM STDIN")) as copy:
                for part in archive.read_table(name):
                    copy.write(part)
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError):
            raise BackupProblem(f"the backup is damaged: table {name} cannot be loaded") from None
        return cursor.rowcount


def _set_sequences(connection: Connection) -> None:
    """Let identity columns go on behind the loaded rows."""
    columns = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND is_identity = 'YES'"
        )
    )
    for table, column in columns.all():
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
                f'coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'
            )
        )
