"""Commands about the database."""

from sqlalchemy import text

from moderation.services.instance.server import newer_revision
from tests.support.commands import answer, in_process
from tests.support.databases import empty_database


class TestDatabase:
    def test_upgrading_what_is_up_to_date(self, run):
        assert run("db", "upgrade").stdout == "Database is up to date.\n"

    def test_an_upgrade_needs_the_database_alone(self, run):
        assert run("db", "upgrade", REDIS_URL=None, SECRET_KEY=None).returncode == 0

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
        assert run("db", "check").stdout == "No pending migrations.\n"

    def test_without_a_server_it_starts_one_for_its_own_time(self, workspace):
        data_dir = workspace / "own-time"
        env = {"CORRIGENDA_DATA_DIR": str(data_dir)}
        answer(in_process("site", "add", "News", "--origin", "https://news.example", "--json", **env))
        again = in_process("site", "add", "News", "--origin", "https://news.example", **env)
        assert "already" in again.stderr
        assert not (data_dir / "run").exists() and not (data_dir / "lock").exists()
