"""The commands of the contract, as an operator types them."""

import json
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from moderation.cli import main
from moderation.cli.connect import start_notice
from moderation.cli.data_dir import DataDir
from moderation.models import AuditEntry, Token
from moderation.services.accounts.editors import sign_in
from moderation.services.instance.secret_key import remember_first_key
from moderation.standalone.problem import CannotStart
from tests.support.running import cli


@dataclass
class Done:
    """A command that ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(stack, session):
    """Runs a command on the tests' database, in this process: starting another takes a second."""

    def command(*arguments, stdin=None, **env):
        known = {"DATABASE_URL": stack.env["DATABASE_URL"], "REDIS_URL": stack.env["REDIS_URL"]}
        runner = CliRunner(env=known | {"SECRET_KEY": "s" * 32} | env)
        done = runner.invoke(main, arguments, input=stdin, prog_name="corrigenda")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return command


def answer(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_command_of_the_contract_is_there():
    assert set(main.commands) >= {
        "run", "web", "worker", "scheduler", "db", "site", "editor", "token", "page", "retention", "doctor",
    }  # fmt: skip


class TestAccounts:
    def test_from_a_site_to_a_token(self, run):
        site = answer(run("site", "add", "News", "--origin", "https://NEWS.example:443/", "--json"))
        assert set(site) == {"id", "name", "site_key", "origins"}
        assert site["site_key"].startswith("pk_")
        assert site["origins"] == ["https://news.example"]
        editor = answer(
            run("editor", "add", "Anna@News.example", "--role", "editor", "--site", "News", "--json")
        )
        assert editor["email"] == "anna@news.example" and len(editor["password"]) >= 12
        token = answer(run("token", "add", "--editor", "anna@news.example", "--name", "cms", "--json"))
        assert token["token"].startswith("cgt_")

    def test_without_json_it_reads_well(self, run):
        done = run("site", "add", "News", "--origin", "https://a.example", "--origin", "https://b.example")
        assert "origins   https://a.example, https://b.example" in done.stdout

    def test_a_password_from_standard_input_is_not_printed(self, run):
        done = run(
            "editor",
            "add",
            "boss@news.example",
            "--role",
            "owner",
            "--password-stdin",
            stdin="long enough 1\n",
        )
        assert done.returncode == 0
        assert "long enough" not in done.stdout + done.stderr

    def test_a_new_password_and_a_token_with_an_end(self, run, session):
        run("editor", "add", "a@news.example", "--role", "owner")
        assert len(run("editor", "password", "a@news.example").stdout.split()[1]) >= 12
        assert (
            run("editor", "password", "a@news.example", "--password-stdin", stdin="long enough 1\n").stdout
            == ""
        )
        assert sign_in(session, "a@news.example", "long enough 1") is not None
        answer(
            run(
                "token",
                "add",
                "--editor",
                "a@news.example",
                "--name",
                "x",
                "--scope",
                "read",
                "--days",
                "9",
                "--json",
            )
        )
        [token] = session.scalars(select(Token))
        assert token.scopes == ["read"] and token.expires_at is not None

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("editor", "password", "no@news.example"), "no account for no@news.example"),
            (("site", "add", "A", "--origin", "ftp://a.example"), "an origin is not valid"),
            (("site", "add", "A", "--origin", "https://a.example/path"), "without a path"),
            (("site", "add", "A"), "--origin"),
            (("editor", "add", "a@news.example", "--role", "editor"), "a role needs a site"),
            (("editor", "add", "a@news.example", "--role", "editor", "--site", "X"), "no site named X"),
            (("editor", "add", "not an address", "--role", "owner"), "not an address"),
            (("editor", "add", "a@news.example", "--role", "king"), "'king' is not one of"),
            (
                ("token", "add", "--editor", "no@news.example", "--name", "x"),
                "no account for no@news.example",
            ),
        ],
    )
    def test_what_cannot_be_is_said_clearly(self, run, arguments, words):
        done = run(*arguments)
        assert done.returncode in (1, 2)
        assert words in done.stderr and "Traceback" not in done.stderr

    def test_the_same_name_or_address_twice(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        assert (
            "a site named News already" in run("site", "add", "News", "--origin", "https://x.example").stderr
        )
        run("editor", "add", "a@news.example", "--role", "owner")
        assert "has an account already" in run("editor", "add", "A@news.example", "--role", "owner").stderr


class TestSettings:
    def test_what_the_desk_needs(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        changed = (
            "--cms-link",
            "https://cms.example/{last}",
            "--reject-reason",
            "Это цитата",
            "--keep-days",
            "365",
        )
        kept = answer(run("site", "set", "News", *changed, "--json"))
        assert (kept["cms_link"], kept["reject_reasons"]) == ("https://cms.example/{last}", ["Это цитата"])
        assert kept["keep_days"] == 365
        assert run("retention", "run").stdout == "deleted 0 cases\n"

    def test_what_is_not_named_stays(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        first = answer(
            run("site", "set", "News", "--ground-rules", "Пишем «ё»", "--block-word", "casino", "--json")
        )
        assert (first["ground_rules"], first["blocked_words"]) == ("Пишем «ё»", ["casino"])
        second = answer(run("site", "set", "News", "--proof-of-work", "--block-word", "spam", "--json"))
        assert (second["ground_rules"], second["proof_of_work"]) == ("Пишем «ё»", True)
        assert second["blocked_words"] == ["casino", "spam"]
        assert answer(run("site", "set", "News", "--unblock", "spam", "--json"))["blocked_words"] == [
            "casino"
        ]

    def test_what_cannot_be(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        assert "blocked_readers" in run("site", "set", "News", "--block-reader", "me").stderr
        assert "no site named X" in run("site", "set", "X").stderr

    def test_a_page_that_nobody_reported(self, run):
        assert "no report refers to" in run("page", "recheck", "https://news.example/a").stderr
        assert "absolute" in run("page", "recheck", "nonsense").stderr


class TestDatabase:
    def test_upgrading_what_is_up_to_date(self, run):
        assert run("db", "upgrade").stdout == "the database is up to date\n"

    def test_without_a_server_it_starts_one_for_its_own_time(self, workspace):
        data_dir = workspace / "own-time"
        env = {"CORRIGENDA_DATA_DIR": str(data_dir)}
        answer(cli("site", "add", "News", "--origin", "https://news.example", "--json", **env))
        again = cli("site", "add", "News", "--origin", "https://news.example", **env)
        assert "already" in again.stderr
        assert not (data_dir / "run").exists() and not (data_dir / "lock").exists()


class TestDoctor:
    def test_each_failure_says_what_to_do(self, run, redis):
        done = run("doctor")
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "ok    settings", "ok    database", "ok    migrations", "ok    messages", "ok    secret key",
            "ok    redis",
            "FAIL  worker: no sign of life yet: "
            "start `corrigenda worker` and `corrigenda scheduler`, and read their logs",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("env", "words"),
        [
            ({"SECRET_KEY": "short"}, "FAIL  settings: SECRET_KEY is shorter than 32"),
            ({"DATABASE_URL": "mysql://a"}, "FAIL  settings: DATABASE_URL must start with postgresql://"),
            ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "FAIL  database: no answer"),
            ({"REDIS_URL": "redis://127.0.0.1:1"}, "FAIL  redis: no answer"),
        ],
    )
    def test_what_is_wrong(self, run, env, words):
        done = run("doctor", **env)
        assert done.returncode == 1
        assert words in done.stdout

    def test_missing_migrations(self, run, stack, engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS empty"))
            connection.execute(text("CREATE DATABASE empty"))
        url = stack.env["DATABASE_URL"].replace("/corrigenda?", "/empty?")
        assert (
            "FAIL  migrations: some are missing: run `corrigenda db upgrade`"
            in run("doctor", DATABASE_URL=url).stdout
        )
        assert run("db", "upgrade", DATABASE_URL=url).returncode == 0
        assert "ok    migrations" in run("doctor", DATABASE_URL=url).stdout

    def test_nothing_runs(self, workspace):
        done = cli("doctor", CORRIGENDA_DATA_DIR=str(workspace / "nothing"))
        assert done.returncode == 1
        assert "start it with `corrigenda run`" in done.stdout


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
        done = cli("site", "list", "--data-dir", str(directory))
        assert done.returncode == 1
        assert f"there is no instance in {directory}" in done.stderr
        assert not directory.exists()

    def test_a_named_directory_is_started_for_the_time_of_a_command_and_it_says_so(self, workspace):
        directory = workspace / "named"
        added = cli("site", "add", "News", "--origin", "https://news.example", "--data-dir", str(directory))
        assert added.returncode == 0, added.stderr
        assert f"instance  {directory} (new: it is made now" in added.stderr
        listed = cli("site", "list", "--json", "--data-dir", str(directory))
        assert f"instance  {directory} (not running" in listed.stderr
        assert [row["name"] for row in answer(listed)] == ["News"]


class TestListing:
    def test_sites_are_listed_and_shown_with_their_keys_and_settings(self, run):
        assert "no sites" in run("site", "list").stdout
        added = answer(run("site", "add", "News", "--origin", "https://news.example", "--json"))
        assert answer(run("site", "list", "--json")) == [added]
        shown = answer(run("site", "show", "News", "--json"))
        assert shown.items() > added.items() and shown["keep_days"] == 0
        assert added["site_key"] in run("site", "show", "News").stdout
        assert "no site named X" in run("site", "show", "X").stderr

    def test_the_audit_log_knows_what_the_command_line_did(self, run, session):
        run("site", "add", "News", "--origin", "https://news.example")
        run("site", "set", "News", "--keep-days", "30")
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(entry.what, entry.editor_id) for entry in entries] == [
            ("site.made", None),
            ("settings.changed", None),
        ]

    def test_editors_are_listed_by_site_and_shown_with_their_roles(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        run("editor", "add", "boss@news.example", "--role", "owner")
        run("editor", "add", "anna@news.example", "--role", "editor", "--site", "News")
        assert [row["roles"] for row in answer(run("editor", "list", "--json"))] == [
            ["News: editor"],
            ["owner"],
        ]
        of_site = answer(run("editor", "list", "--site", "News", "--json"))
        assert [row["email"] for row in of_site] == ["anna@news.example"]
        shown = answer(run("editor", "show", "anna@news.example", "--json"))
        assert shown["two_factor"] is False and shown["disabled_at"] is None

    def test_a_disabled_editor_cannot_sign_in_and_has_no_tokens(self, run, session):
        run("editor", "add", "a@news.example", "--role", "owner", "--password-stdin", stdin="long enough 1\n")
        run("token", "add", "--editor", "a@news.example", "--name", "x")
        assert run("editor", "disable", "a@news.example").returncode == 0
        assert sign_in(session, "a@news.example", "long enough 1") is None
        assert session.scalars(select(Token)).all() == []
        assert answer(run("editor", "show", "a@news.example", "--json"))["disabled_at"] is not None
        run("editor", "enable", "a@news.example")
        session.expire_all()
        assert sign_in(session, "a@news.example", "long enough 1") is not None

    def test_a_token_is_listed_and_revoked_by_its_id(self, run):
        run("editor", "add", "a@news.example", "--role", "owner")
        run("token", "add", "--editor", "a@news.example", "--name", "cms")
        [listed] = answer(run("token", "list", "--json"))
        assert (listed["name"], listed["editor"]) == ("cms", "a@news.example")
        assert answer(run("token", "list", "--editor", "a@news.example", "--json")) == [listed]
        assert run("token", "revoke", listed["id"]).stdout == "revoked\n"
        assert "no token with the id" in run("token", "revoke", listed["id"]).stderr
        assert run("token", "list").stdout == "no tokens\n"


class TestSecretKey:
    def test_doctor_notices_another_key_until_it_is_accepted(self, run, session):
        remember_first_key(session, "s" * 32)
        assert "ok    secret key" in run("doctor").stdout
        assert "FAIL  secret key: SECRET_KEY is not the one" in run("doctor", SECRET_KEY="t" * 32).stdout
        assert run("db", "accept-secret-key", SECRET_KEY="t" * 32).returncode == 0
        assert "ok    secret key" in run("doctor", SECRET_KEY="t" * 32).stdout


@pytest.mark.parametrize("command", ["web", "worker", "scheduler"])
def test_a_process_without_settings_names_them_all(command):
    done = cli(command, DATABASE_URL="", REDIS_URL="", SECRET_KEY="")
    assert done.returncode == 1
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        assert f"{name} is not set" in done.stderr
