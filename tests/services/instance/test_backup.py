"""A backup restores every row, or says why it cannot."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from moderation.models import OutboxMessage, Report
from moderation.secret_keys import SecretKeys
from moderation.services.instance.backup.archive import read_archive
from moderation.services.instance.backup.dump import write_backup
from moderation.services.instance.backup.load import restore_backup
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.migrate import MIGRATION_LOCK, is_current, upgrade
from moderation.services.instance.secret_key import remember_first_key
from moderation.services.intake.receipts import read_receipt, receipt_token
from tests.factories import CaseFactory, OutboxMessageFactory
from tests.support.databases import digests, empty_database

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 28, tzinfo=UTC)
KEY = SecretKeys("k" * 32)
PASSPHRASE = "correct horse battery"


@pytest.fixture
def backup(engine, tmp_path):
    """Makes backups of the tests' database."""

    def make(**options):
        path = tmp_path / "instance.backup"
        write_backup(engine, path, now=NOW, **options)
        return path

    return make


@pytest.fixture
def empty(engine):
    """An empty database."""
    with empty_database(engine, "restored") as made:
        yield made


def restore(engine, path, passphrase=None):
    """Restore a file."""
    with path.open("rb") as source:
        return restore_backup(engine, read_archive(source, passphrase))


def test_every_table_and_a_readers_receipt_come_back(engine, session, demo, backup, empty):
    remember_first_key(session, KEY)
    OutboxMessageFactory()
    before = digests(engine)
    assert sum(1 for rows, _ in before.values() if rows) >= 15
    upgrade(empty)  # as the start of a container does
    restore(empty, backup(passphrase=PASSPHRASE, secret_key=KEY.current), PASSPHRASE)
    assert digests(empty) == before

    report = session.scalars(select(Report)).first()
    with Session(empty) as restored:
        assert read_receipt(restored, KEY, receipt_token(KEY, report.id)).url == report.url
        newest = restored.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id.desc())).first()
        restored.add(message := OutboxMessage(topic="report.received", subject_id=report.id))
        restored.flush()
        assert message.id > newest


def test_a_backup_is_of_one_moment(engine, session, sessions, backup, empty):
    CaseFactory.create_batch(3)
    session.commit()
    before = digests(engine)

    def write_meanwhile(connection, cursor, statement, *_):
        if "pg_try_advisory_xact_lock_shared" in statement:
            with sessions() as other:
                other.execute(text("UPDATE site SET name = name || ' later'"))
                other.execute(text('DELETE FROM "case"'))
                other.commit()

    event.listen(engine, "after_cursor_execute", write_meanwhile)
    try:
        path = backup()
    finally:
        event.remove(engine, "after_cursor_execute", write_meanwhile)
    restore(empty, path)
    assert digests(empty) == before


def test_a_backup_of_an_older_version_is_migrated(backup, empty, tmp_path, engine):
    upgrade(empty, "0008")
    write_backup(empty, tmp_path / "old", now=NOW)
    with empty_database(engine, "newer") as newer:
        restore(newer, tmp_path / "old")
        assert is_current(newer)


def test_data_that_is_there_is_not_touched(session, engine, case, backup):
    session.commit()
    path, before = backup(), digests(engine)
    with pytest.raises(BackupProblem, match=r"holds data already \(table site\): restore into an empty"):
        restore(engine, path)
    assert digests(engine) == before


def _cut(content):
    return content[:-30]


def _flip(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", [_cut, _flip])
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_a_damaged_backup_restores_nothing(session, case, backup, empty, passphrase, damage):
    session.commit()
    path = backup(passphrase=passphrase)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BackupProblem, match="damaged"):
        restore(empty, path, passphrase)
    assert {rows for name, (rows, _) in digests(empty).items() if name != "alembic_version"} <= {0}


@pytest.mark.parametrize("place", [1, 6, 10, 16])
def test_a_flipped_bit_anywhere_is_told(session, case, backup, empty, place):
    session.commit()
    path = backup()
    content = bytearray(path.read_bytes())
    content[len(content) * place // 20] ^= 1
    path.write_bytes(content)
    with pytest.raises(BackupProblem):
        restore(empty, path)
    assert {rows for name, (rows, _) in digests(empty).items() if name != "alembic_version"} <= {0}


def test_the_wrong_passphrase_and_a_missing_one_are_told(session, backup, empty):
    path = backup(passphrase=PASSPHRASE)
    with pytest.raises(BackupProblem, match="the passphrase is wrong"):
        restore(empty, path, "another passphrase")
    with pytest.raises(BackupProblem, match="give its passphrase with --passphrase-stdin"):
        restore(empty, path)
    with pytest.raises(BackupProblem, match="at least 12 characters"):
        backup(passphrase="short")


def test_who_gives_a_passphrase_gets_no_backup_that_a_stranger_made_without_it(session, case, backup, empty):
    with pytest.raises(BackupProblem, match="not encrypted"):
        restore(empty, backup(), PASSPHRASE)


def test_a_failed_backup_leaves_the_last_one_and_no_other_file(engine, session, backup, tmp_path):
    last = backup()
    content = last.read_bytes()
    with engine.begin() as migration:
        migration.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        with pytest.raises(BackupProblem, match="a migration or a restore runs"):
            backup()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]
    assert last.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupProblem, match="cannot be written: No such file"):
        write_backup(engine, tmp_path / "missing" / "b", now=NOW)


def test_a_file_that_somebody_else_put_there_is_neither_followed_nor_filled(backup, tmp_path):
    target = tmp_path / "target"
    target.write_text("untouched")
    (tmp_path / "instance.backup.part").symlink_to(target)
    assert backup().stat().st_mode & 0o077 == 0
    assert target.read_text() == "untouched"


def test_a_big_table_is_stored_in_parts_and_read_back(session, engine, backup, empty):
    CaseFactory.create_batch(4, exact="длинный " * 150_000)  # 2.2 MB each
    session.commit()
    before = digests(engine)
    restore(empty, backup())
    assert digests(empty) == before


def test_a_file_of_something_else_is_refused(tmp_path, empty):
    (tmp_path / "dump.sql").write_text("-- PostgreSQL database dump")
    with pytest.raises(BackupProblem, match="not a backup of Corrigenda"):
        restore(empty, tmp_path / "dump.sql")
