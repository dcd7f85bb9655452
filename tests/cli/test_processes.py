"""The commands of the contract."""

import os
import re
import subprocess

import click
import pytest

from moderation.cli import main
from moderation.secret_keys import SecretKeys
from moderation.services.instance.secret_key import remember_first_key
from tests.factories import EditorFactory
from tests.support.commands import answer
from tests.support.running import COMMAND, cli, free_port


def test_every_command_of_the_contract_is_there():
    assert set(main.list_commands(click.Context(main))) >= {
        "run", "web", "worker", "scheduler", "db", "site", "editor", "token", "page", "retention", "doctor",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("web", {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}),
        ("worker", {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}),
        ("scheduler", {"REDIS_URL"}),  # it gets no secret
    ],
)
def test_a_process_without_settings_names_them_all(command, names):
    done = cli(command, DATABASE_URL="", REDIS_URL="", SECRET_KEY="")
    assert done.returncode == 1
    assert set(re.findall(r"(\w+) is not set", done.stderr)) == names


def test_logs_go_to_standard_error_so_that_the_answer_can_be_parsed(stack, session):
    env = {name: stack.env[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
    owner = EditorFactory(is_owner=True)
    done = cli("token", "add", "--editor", owner.email, "--name", "cms", "--json", **env)
    assert set(answer(done)) == {"token"}
    assert '"event": "token.created"' in done.stderr


@pytest.mark.parametrize("command", ["web", "worker"])
def test_a_process_with_another_secret_key_says_so_and_starts(stack, session, command):
    remember_first_key(session, SecretKeys("s" * 32))
    env = {"SECRET_KEY": "t" * 32, "CORRIGENDA_PORT": str(free_port())}
    process = subprocess.Popen(
        [*COMMAND, command], env={**os.environ, **stack.env, **env}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        first = next(iter(process.stderr))
        assert first.startswith("WARNING: SECRET_KEY is not the one that this database was used with")
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate(timeout=30)
