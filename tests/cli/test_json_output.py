"""Standard output holds the answer of a command and nothing else."""

import json

from tests.support.running import cli


def test_a_command_that_logs_something_answers_json_alone(stack, session):
    done = cli(
        "editor", "add", "owner@news.example", "--role", "owner", "--password-stdin", "--json",
        stdin="a long enough password\n", **stack.env,
    )  # fmt: skip
    assert json.loads(done.stdout)["email"] == "owner@news.example", done.stdout
    assert "account" in done.stderr
