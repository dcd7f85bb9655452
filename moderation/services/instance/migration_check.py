"""Check the pending migrations against a running instance: the tables that they lock, and for how long.

The SQL of a migration is read without running it. All pending migrations run in one transaction, so a lock
lasts until the last one is done.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script
from sqlalchemy import Connection, Engine, text

from moderation.services.instance.migrate import pending

BIG_ROWS, BIG_BYTES = 100_000, 200_000_000
"""A table from either size on is big: working through it takes seconds."""

_SPACES = re.compile(r"\s+")
_TABLE = r'(?:ONLY )?(?:IF EXISTS )?"?(?P<table>\w+)"?'
_VOLATILE = "gen_random_uuid|random|clock_timestamp|nextval"
_LOCKS = tuple(
    (re.compile(pattern, re.IGNORECASE), effect)
    for pattern, effect in (
        (
            rf"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON {_TABLE}",
            "blocks writes while the index is built",
        ),
        (rf"ALTER TABLE {_TABLE} ADD COLUMN .*GENERATED ", "blocks all while the table is rewritten"),
        (
            rf"ALTER TABLE {_TABLE} ADD COLUMN .*DEFAULT (?:{_VOLATILE})\(",
            "blocks all while the table is rewritten",
        ),
        (rf"ALTER TABLE {_TABLE} ALTER COLUMN .* TYPE ", "blocks all while the table is rewritten"),
        (rf"ALTER TABLE {_TABLE} ALTER COLUMN .* SET NOT NULL", "blocks all while the table is read"),
        (
            rf"ALTER TABLE {_TABLE} ADD CONSTRAINT .* (?:UNIQUE|PRIMARY KEY) \(",
            "blocks all while the index is built",
        ),
        (
            rf"ALTER TABLE {_TABLE} ADD CONSTRAINT .* (?:CHECK|FOREIGN KEY) (?!.*NOT VALID)",
            "blocks writes while the table is read",
        ),
        (rf"UPDATE {_TABLE}", "locks the rows that it changes"),
        (rf"DELETE FROM {_TABLE}", "locks the rows that it deletes"),  # noqa: S608 - a pattern
    )
)
_CONTRACTS = tuple(
    (re.compile(pattern, re.IGNORECASE), effect)
    for pattern, effect in (
        (rf"DROP TABLE {_TABLE}", "removes a table"),
        (rf"ALTER TABLE {_TABLE} DROP COLUMN", "removes a column"),
        (rf"ALTER TABLE {_TABLE} RENAME", "renames what the previous version uses"),
        (
            rf"ALTER TABLE {_TABLE} ADD COLUMN (?!.*(?:DEFAULT|GENERATED)).* NOT NULL",
            "adds a column without a default",
        ),
        (rf"ALTER TABLE {_TABLE} ALTER COLUMN .* SET NOT NULL", "refuses what the previous version writes"),
    )
)
_CREATES = re.compile(rf"CREATE TABLE {_TABLE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """An effect of one statement on one table."""

    table: str
    statement: str
    effect: str
    contracts: bool
    """The previous version of the program cannot work on the result: it is not an expansion."""


@dataclass(frozen=True, slots=True)
class Table:
    """The size of a table."""

    rows: int
    size: int
    """Bytes, with indexes."""

    @property
    def is_big(self) -> bool:
        """Return whether working through it takes seconds."""
        return self.rows >= BIG_ROWS or self.size >= BIG_BYTES


@dataclass(frozen=True, slots=True)
class Checked:
    """One pending migration."""

    revision: str
    title: str
    findings: Sequence[tuple[Finding, Table]]
    """What it does to tables that exist, with their sizes."""

    def problems(self) -> list[tuple[Finding, Table]]:
        """Return the findings that a running instance would notice."""
        return [(found, table) for found, table in self.findings if found.contracts or table.is_big]


def check_pending(engine: Engine) -> list[Checked]:
    """Return the pending migrations in their order, with their effects on the tables of this database."""
    checked = []
    with engine.connect() as connection:
        for script in pending(connection):
            found = ((each, _table(connection, each.table)) for each in findings(script))
            known = [(each, table) for each, table in found if table is not None]
            checked.append(Checked(script.revision, script.doc, known))
    return checked


def findings(script: Script) -> list[Finding]:
    """Return the effects of a migration on tables that it did not create."""
    statements = list(_statements(script))
    created = {match["table"] for each in statements if (match := _CREATES.match(each))}
    return [
        Finding(match["table"], statement, effect, contracts)
        for statement in statements
        for patterns, contracts in ((_LOCKS, False), (_CONTRACTS, True))
        for pattern, effect in patterns
        if (match := pattern.match(statement)) and match["table"] not in created
    ]


def _statements(script: Script) -> Iterator[str]:
    """Yield the SQL of a migration, each statement on one line."""
    buffer = StringIO()
    options = {"as_sql": True, "output_buffer": buffer}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with Operations.context(context):
        script.module.upgrade()
    for statement in buffer.getvalue().split(";\n\n"):
        if statement.strip():
            yield _SPACES.sub(" ", statement).strip()


def _table(connection: Connection, name: str) -> Table | None:
    """Return the size of a table; None if there is none of this name yet."""
    asked = "SELECT reltuples, pg_total_relation_size(oid) FROM pg_class WHERE oid = to_regclass(:name)"
    row = connection.execute(text(asked), {"name": f'"{name}"'}).one_or_none()
    return None if row is None else Table(max(0, int(row[0])), int(row[1]))
