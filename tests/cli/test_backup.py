"""`corrigenda backup` and `restore`, as an operator types them."""

import os
import subprocess

import pytest

from moderation.database import make_engine
from moderation.secret_keys import SecretKeys
from moderation.services.instance.backup.archive import read_archive
from moderation.services.instance.migrate import upgrade
from moderation.services.instance.secret_key import remember_first_key
from moderation.settings import Settings
from moderation.standalone import postgres, postgres_binaries
from moderation.standalone.stack import open_stack
from tests.support.commands import in_process
from tests.support.databases import digests
from tests.support.running import COMMAND, eventually

PASSPHRASE = "correct horse battery\n"


@pytest.fixture
def open_directory():
    """Opens the database of a data directory, with migrations."""

    def make(data_dir, work):
        with open_stack(data_dir, with_redis=False) as stack:
            engine = make_engine(Settings.from_env({**stack.env, "REDIS_URL": "redis://unused"}))
            try:
                return work(engine)
            finally:
                engine.dispose()

    return make


def test_data_of_an_older_postgresql_moves_into_a_new_directory_with_its_key(
    workspace, open_directory, monkeypatch
):
    old, new, file = workspace / "sixteen", workspace / "eighteen", workspace / "instance.backup"
    monkeypatch.setattr(postgres_binaries, "NEWEST", 16)
    monkeypatch.setattr(postgres, "LOCALE", ("--locale=C",))  # 16 has no locale provider of its own
    open_directory(old, upgrade)
    monkeypatch.undo()
    added = in_process("site", "add", "News", "--origin", "https://news.example", "--data-dir", str(old))
    assert added.returncode == 0, added.stderr
    options = ("--with-secret-key", "--passphrase-stdin", "--data-dir", str(old))
    made = in_process("backup", str(file), *options, stdin=PASSPHRASE)
    assert made.returncode == 0, made.stderr
    back = in_process("restore", str(file), "--passphrase-stdin", "--data-dir", str(new), stdin=PASSPHRASE)
    assert back.returncode == 0, back.stderr

    assert [postgres_binaries.data_version(directory) for directory in (old, new)] == [16, 18]
    assert open_directory(new, digests) == open_directory(old, digests)
    assert (new / "secret_key").read_text() == (old / "secret_key").read_text()
    again = in_process("restore", str(file), "--passphrase-stdin", "--data-dir", str(new), stdin=PASSPHRASE)
    assert again.returncode == 1 and "holds data already (table site)" in again.stderr


def test_the_key_of_a_backup_can_be_taken_out_and_another_one_is_refused(run, tmp_path):
    file, key = tmp_path / "b", tmp_path / "key"
    assert run("backup", str(file), "--with-secret-key").returncode == 0
    refused = run("restore", str(file), SECRET_KEY="t" * 32)
    assert refused.returncode == 1 and "--secret-key-to PATH" in refused.stderr
    assert run("restore", str(file), "--secret-key-to", str(key)).returncode == 0
    assert key.read_text() == "s" * 32 and key.stat().st_mode & 0o777 == 0o600


def test_a_process_of_its_own_makes_scheduled_backups_until_it_is_stopped(run, stack, session, tmp_path):
    remember_first_key(session, SecretKeys("s" * 32))
    session.commit()
    env = os.environ | {name: stack.env[name] for name in ("DATABASE_URL", "REDIS_URL")}
    env |= {"SECRET_KEY": "s" * 32, "CORRIGENDA_BACKUP_DIR": str(tmp_path)}
    keeping = subprocess.Popen([*COMMAND, "backup", "--scheduled"], env=env)
    try:
        [file] = eventually(lambda: list(tmp_path.glob("corrigenda-*.backup")))
    finally:
        keeping.terminate()
        assert keeping.wait(20) == 0
    with file.open("rb") as source:
        assert read_archive(source, None).secret_key is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scheduled"], "CORRIGENDA_BACKUP_DIR is not set"),
        (["--scheduled", "file"], "name a FILE, or --scheduled"),
        ([], "name a FILE, or --scheduled"),
    ],
)
def test_what_to_back_up_must_be_clear(run, arguments, words):
    refused = run("backup", *arguments)
    assert refused.returncode and words in refused.stderr


def test_data_of_a_version_that_is_not_here_is_refused_with_the_way_out(workspace):
    data_dir = workspace / "fourteen"
    (data_dir / "postgres").mkdir(parents=True)
    (data_dir / "postgres" / "PG_VERSION").write_text("14\n")
    refused = in_process("site", "list", "--data-dir", str(data_dir))
    assert refused.returncode == 1
    assert "is of PostgreSQL 14, and this version brings 18 and 16" in refused.stderr
