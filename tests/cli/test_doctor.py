"""What `corrigenda doctor` finds."""

import time

import pytest
from sqlalchemy import text

from moderation.broker import HEARTBEAT
from tests.support.commands import in_process


class TestDoctor:
    def test_each_failure_says_what_to_do(self, run, redis):
        done = run("doctor")
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "ok    settings", "ok    database", "ok    migrations", "ok    messages", "ok    secret key",
            "ok    redis",
            "FAIL  worker: not running: "
            "start `corrigenda worker` and `corrigenda scheduler`, and check their logs",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("env", "words"),
        [
            ({"SECRET_KEY": "short"}, "FAIL  settings: SECRET_KEY is shorter than 32"),
            ({"DATABASE_URL": "mysql://a"}, "FAIL  settings: DATABASE_URL must start with postgresql://"),
            ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "FAIL  database: cannot connect"),
            ({"CORRIGENDA_BACKUP_DIR": "/nowhere"}, "FAIL  backup: none was made yet: read the worker's log"),
            (
                {"CORRIGENDA_BACKUP_DIR": "backups"},
                "FAIL  settings: CORRIGENDA_BACKUP_DIR must be an",
            ),
            ({"REDIS_URL": "redis://127.0.0.1:1"}, "FAIL  redis: cannot connect"),
        ],
    )
    def test_what_is_wrong(self, run, env, words):
        done = run("doctor", **env)
        assert done.returncode == 1
        assert words in done.stdout

    def test_the_heartbeat_is_checked_without_the_database_and_the_secret_key(self, run, redis):
        env = {"DATABASE_URL": "", "SECRET_KEY": ""}
        assert run("doctor", "--heartbeat-only", **env).returncode == 1
        redis.set(HEARTBEAT, time.time())
        done = run("doctor", "--heartbeat-only", **env)
        assert (done.returncode, done.stdout.splitlines()) == (0, ["ok    redis", "ok    worker"])

    def test_doctor_names_missing_migrations(self, run, stack, engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS empty"))
            connection.execute(text("CREATE DATABASE empty"))
        url = stack.env["DATABASE_URL"].replace("/corrigenda?", "/empty?")
        assert (
            "FAIL  migrations: pending migrations: run `corrigenda db upgrade`"
            in run("doctor", DATABASE_URL=url).stdout
        )
        assert run("db", "upgrade", DATABASE_URL=url).returncode == 0
        assert "ok    migrations" in run("doctor", DATABASE_URL=url).stdout

    def test_doctor_says_how_to_start_what_does_not_run(self, workspace):
        done = in_process("doctor", CORRIGENDA_DATA_DIR=str(workspace / "nothing"))
        assert done.returncode == 1
        assert "start it with `corrigenda run`" in done.stdout
