import threading
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text
from uuid_utils.compat import uuid7

from moderation.models import Base
from moderation.services.instance.migrate import alembic_config, is_current, upgrade
from moderation.services.instance.server import NewerDatabase
from tests.support.databases import empty_database

pytestmark = pytest.mark.slow


def test_migrations_give_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(engine):
    with empty_database(engine, "newer") as newer:
        upgrade(newer)
        with newer.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(NewerDatabase, match=r"at migration 9999.*Install that version"):
            upgrade(newer)
        assert is_current(newer), "the processes of this version stay ready while others are replaced"


def test_upgrading_twice_is_once(engine):
    upgrade(engine)
    assert is_current(engine)


@pytest.fixture
def old(engine):
    """A database as version 0002 left it, with a case and its report."""
    with empty_database(engine, "before_0003") as made:
        _migrate(made, "0002")
        ids = {name: uuid7() for name in ("site", "page", "case", "report", "selection")} | {
            "now": datetime.now(UTC)
        }
        with made.begin() as connection:
            for statement in _ROWS:
                connection.execute(text(statement), ids)
        yield made


_ROWS = (
    "INSERT INTO site (id, name, site_key, origins) VALUES (:site, 'S', 'pk', '{https://a.example}')",
    "INSERT INTO page (id, site_id, url, title) VALUES (:page, :site, 'https://a.example/1', 'Ёлки')",
    """INSERT INTO "case" (id, site_id, page_id, status, version, exact, prefix, suffix, state, report_count,
           reader_count, first_reported_at, last_reported_at)
       VALUES (:case, :site, :page, 'open', 1, 'расказал', 'он ', ' всем', 'found', 1, 1, :now, :now)""",
    """INSERT INTO report (id, site_id, url, exact, prefix, suffix, comment, kind, reader_hash)
       VALUES (:report, :site, 'https://a.example/1', 'расказал', '', '', 'две буквы', 'spelling', 'r')""",
    """INSERT INTO selection (id, page_id, case_id, exact, prefix, suffix, pinned, report_count)
       VALUES (:selection, :page, :case, 'расказал', '', '', false, 1)""",
    "INSERT INTO placement (report_id, case_id, selection_id) VALUES (:report, :case, :selection)",
)


def _migrate(engine, to):
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        (command.upgrade if to != "down" else command.downgrade)(config, "0002" if to == "down" else to)
        connection.commit()


def test_cases_that_are_there_are_found_and_filtered_after_an_upgrade(old):
    upgrade(old)
    found = "SELECT count(*) FROM \"case\" WHERE search @@ websearch_to_tsquery('russian', :words)"
    finds = text(f"{found} AND kind = 'spelling'")
    with old.connect() as connection:
        for words in ("елка", "буква", "расказать"):
            assert connection.execute(finds, {"words": words}).scalar() == 1, words
    _migrate(old, "down")
    upgrade(old)
    assert is_current(old)


_STEP = """INSERT INTO decision (id, case_id, action, old_status, new_status, note, decided_at)
    VALUES (:id, :case, :action, 'open', 'rejected', :note, now())"""


def test_notes_of_the_system_become_causes_and_an_editors_stay(old):
    _migrate(old, "0003")
    with old.begin() as connection:
        case = connection.execute(text('SELECT id FROM "case"')).scalar_one()
        for action, note in (
            ("reject", f"merged into {case}"),
            ("reject", "its reports belong to another case"),
            ("reject", "withdrawn by the reader"),
            ("reopen", "3 more readers report it"),
            ("fix", "seen on the page: as_suggested"),
            ("reopen", "the mistake is back on the page"),
            ("spam", "links, gibberish"),
            ("reject", "please ask the author"),
        ):
            connection.execute(text(_STEP), {"id": uuid7(), "case": case, "action": action, "note": note})
    upgrade(old)
    with old.connect() as connection:
        rows = connection.execute(text("SELECT cause, cause_detail, note FROM decision ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [
        ("merged", None, None),
        ("emptied", None, None),
        ("withdrawn", None, None),
        ("insisted", "3", None),
        ("seen_mended", "as_suggested", None),
        ("back_on_page", None, None),
        ("scored_as_spam", "links,gibberish", None),
        ("editor", None, "please ask the author"),
    ]


def test_an_upgrade_is_repeated_while_a_running_instance_holds_a_lock(old):
    def hurry(connection):
        connection.exec_driver_sql("SET lock_timeout = 100")

    event.listen(old, "begin", hurry)
    with old.connect() as reader:
        reader.execute(text("SELECT 1 FROM page"))
        ended = threading.Timer(1.0, reader.rollback)
        ended.start()
        upgrade(old)
        ended.join(30)
    assert is_current(old)
