"""Which instance a command works on."""

import pytest
from sqlalchemy import text

from moderation.cli.connect import start_notice
from moderation.cli.data_dir import DataDir
from moderation.services.instance.server import newer_revision
from moderation.standalone.problem import CannotStart
from tests.support.commands import answer, in_process
from tests.support.databases import empty_database


class TestDatabase:
    def test_upgrading_what_is_up_to_date(self, run):
        assert run("db", "upgrade").stdout == "the database is up to date\n"

    def test_the_tables_of_a_newer_version_are_refused(self, run, engine):
        with empty_database(engine, "newer_than_this") as newer:
            url = newer.url.render_as_string(hide_password=False).replace("+psycopg", "")
            assert run("db", "upgrade", DATABASE_URL=url).returncode == 0
            with newer.begin() as connection:
                connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            refused = run("db", "upgrade", DATABASE_URL=url)
            assert refused.returncode == 1
            assert refused.stderr.splitlines()[-1].startswith(
                "Error: the database is at migration 9999, which"
            )
            with newer.connect() as connection:
                assert newer_revision(connection) == "9999"

    def test_checking_what_is_up_to_date(self, run):
        assert run("db", "check").stdout == "no migration is missing\n"

    def test_without_a_server_it_starts_one_for_its_own_time(self, workspace):
        data_dir = workspace / "own-time"
        env = {"CORRIGENDA_DATA_DIR": str(data_dir)}
        answer(in_process("site", "add", "News", "--origin", "https://news.example", "--json", **env))
        again = in_process("site", "add", "News", "--origin", "https://news.example", **env)
        assert "already" in again.stderr
        assert not (data_dir / "run").exists() and not (data_dir / "lock").exists()


class TestInstance:
    """A command says which instance it works on, and never makes a second one by accident."""

    def test_a_command_on_the_environments_database_names_it_without_the_password(self, run, stack):
        done = run("site", "list")
        assert done.stderr.startswith("instance  postgresql://") and "(DATABASE_URL)" in done.stderr

    def test_a_changing_command_starts_nothing_in_a_directory_that_nobody_named(self, workspace):
        default = DataDir(workspace / "default", by_option=False, named=False)
        with pytest.raises(CannotStart, match=r"nothing runs on .*/default\..* --data-dir DIR"):
            start_notice(default, changing=True)

    def test_a_command_that_only_reads_makes_no_data_directory(self, workspace):
        directory = workspace / "no-instance"
        done = in_process("site", "list", "--data-dir", str(directory))
        assert done.returncode == 1
        assert f"there is no instance in {directory}" in done.stderr
        assert not directory.exists()

    def test_a_named_directory_is_started_for_the_time_of_a_command_and_it_says_so(self, workspace):
        directory = workspace / "named"
        added = in_process(
            "site", "add", "News", "--origin", "https://news.example", "--data-dir", str(directory)
        )
        assert added.returncode == 0, added.stderr
        assert f"instance  {directory} (new: it is made now" in added.stderr
        listed = in_process("site", "list", "--json", "--data-dir", str(directory))
        assert f"instance  {directory} (not running" in listed.stderr
        assert [row["name"] for row in answer(listed)] == ["News"]
