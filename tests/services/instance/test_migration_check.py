"""What `corrigenda db check` says of pending migrations, and that new ones only expand the tables."""

from types import SimpleNamespace

import pytest
from alembic import op
from alembic.script import ScriptDirectory
from sqlalchemy import text

from moderation.paths import MIGRATIONS
from moderation.services.instance import migration_check
from moderation.services.instance.migrate import is_current, upgrade
from moderation.services.instance.migration_check import check_pending, findings
from tests.support.databases import empty_database

EXPANDS_SINCE = "0030"
"""From this migration on nothing contracts: release 0.2.0 is upgraded without a stop."""


def effects_of(*statements):
    """The tables and effects of a migration with these statements."""

    def run():
        for statement in statements:
            op.execute(statement)

    script = SimpleNamespace(module=SimpleNamespace(upgrade=run))
    return [(each.table, each.effect, each.contracts) for each in findings(script)]


@pytest.mark.parametrize(
    ("statement", "effect", "contracts"),
    [
        ('CREATE INDEX ix ON "case" (lang)', "blocks writes while the index is built", False),
        ("CREATE UNIQUE INDEX ix ON case (lang)", "blocks writes while the index is built", False),
        ("ALTER TABLE case ALTER COLUMN lang TYPE text", "blocks all while the table is rewritten", False),
        (
            "ALTER TABLE case ADD COLUMN x int GENERATED ALWAYS AS (1) STORED",
            "blocks all while the table is rewritten",
            False,
        ),
        (
            "ALTER TABLE case ADD COLUMN x uuid DEFAULT gen_random_uuid() NOT NULL",
            "blocks all while the table is rewritten",
            False,
        ),
        (
            "ALTER TABLE case ADD CONSTRAINT ck CHECK (version > 0)",
            "blocks writes while the table is read",
            False,
        ),
        ("ALTER TABLE case ADD CONSTRAINT uq UNIQUE (lang)", "blocks all while the index is built", False),
        ("UPDATE case SET lang = NULL", "locks the rows that it changes", False),
        ("DELETE FROM case", "locks the rows that it deletes", False),
        ("ALTER TABLE case DROP COLUMN lang", "removes a column", True),
        ("ALTER TABLE case RENAME COLUMN a TO b", "renames what the previous version uses", True),
        ("ALTER TABLE case ADD COLUMN x int NOT NULL", "adds a column without a default", True),
        ("DROP TABLE case", "removes a table", True),
    ],
)
def test_a_statement_has_its_effect(statement, effect, contracts):
    assert effects_of(statement) == [("case", effect, contracts)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX CONCURRENTLY ix ON case (lang)",
        "ALTER TABLE case ADD COLUMN x int",
        "ALTER TABLE case ADD COLUMN x boolean DEFAULT false NOT NULL",
        "ALTER TABLE case ADD CONSTRAINT ck CHECK (version > 0) NOT VALID",
    ],
)
def test_a_statement_that_only_expands_has_no_effect(statement):
    assert effects_of(statement) == []


def test_a_table_that_the_migration_creates_is_empty():
    assert effects_of("CREATE TABLE made (id int)", "CREATE INDEX ix ON made (id)") == []


@pytest.fixture
def halfway(engine):
    """A database before the migration that adds the tsvector of a case."""
    with empty_database(engine, "half_way") as made:
        upgrade(made, "0002")
        yield made


def test_pending_migrations_are_checked_against_the_sizes_of_the_tables(halfway, monkeypatch):
    def locks():
        return [
            (migration.revision, finding.effect)
            for migration in check_pending(halfway)
            for finding, _table in migration.problems()
            if not finding.contracts
        ]

    assert locks() == [], "all tables are empty"
    monkeypatch.setattr(migration_check, "BIG_BYTES", 1)
    assert ("0003", "blocks all while the table is rewritten") in locks()
    assert "0002" not in dict(locks()), "it has run"


def test_a_database_of_a_newer_version_is_ready_and_nothing_is_pending(halfway):
    assert not is_current(halfway)
    with halfway.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of a later release'"))
    assert is_current(halfway) and check_pending(halfway) == []


def test_migrations_only_expand():
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    contracting = {
        script.revision: finding.statement
        for script in scripts
        if script.revision >= EXPANDS_SINCE
        for finding in findings(script)
        if finding.contracts
    }
    assert contracting == {}
