"""Scheduled backups: when they are due, and which are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.instance.backup.archive import read_archive
from moderation.services.instance.backup.scheduled import Plan, back_up_if_due, last_backup
from moderation.services.instance.secret_key import remember_first_key

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 28, 3, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = "k" * 32


@pytest.fixture
def plan(session, tmp_path):
    """Once per day, two are kept."""
    remember_first_key(session, SecretKeys(KEY))
    return Plan(tmp_path, DAY, 2, KEY, passphrase=None)


def test_a_backup_is_made_when_the_last_one_is_too_old(engine, session, plan):
    assert back_up_if_due(engine, plan, START).name == "corrigenda-20261128T030000Z.backup"
    assert last_backup(session) == START
    assert back_up_if_due(engine, plan, START + DAY - timedelta(seconds=1)) is None
    assert back_up_if_due(engine, plan, START + DAY) is not None


def test_the_newest_are_kept_and_files_of_others_too(engine, plan, tmp_path):
    (tmp_path / "corrigenda-20260101T000000Z.backup.part").touch()
    (tmp_path / "corrigenda.sql").touch()
    made = [back_up_if_due(engine, plan, START + day * DAY).name for day in range(3)]
    assert {path.name for path in tmp_path.iterdir()} == {*made[1:], "corrigenda.sql"}


def test_with_a_passphrase_the_key_is_inside(engine, plan, tmp_path):
    for number, passphrase in enumerate([None, "correct horse battery"]):
        sealed = Plan(tmp_path, DAY, 2, KEY, passphrase)
        with back_up_if_due(engine, sealed, START + number * DAY).open("rb") as source:
            assert read_archive(source, passphrase).secret_key == (KEY if passphrase else None)


def test_a_directory_that_is_not_there_is_logged_and_tried_again(engine, session, plan, tmp_path, capsys):
    away = Plan(tmp_path / "away", DAY, 2, KEY, None)
    assert back_up_if_due(engine, away, START) is None
    assert "cannot be written: No such file" in "".join(capsys.readouterr())
    away.directory.mkdir()
    assert back_up_if_due(engine, away, START) is not None
