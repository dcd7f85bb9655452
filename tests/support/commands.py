"""`corrigenda` commands: check a command line, run it in this process, and read what it answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import CompletedProcess
from typing import Any

import click
from click.testing import CliRunner

from moderation.cli import main


@dataclass
class Done:
    """A command that ended, as subprocess describes it."""

    returncode: int
    stdout: str
    stderr: str


def in_process(*arguments: str, stdin: str | None = None, **env: str) -> Done:
    """Run a command with these variables. Errors that no operator can correct are raised."""
    done = CliRunner(env=env).invoke(main, arguments, input=stdin, prog_name="corrigenda")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def answer(done: Done | CompletedProcess[str]) -> Any:
    """Return the parsed answer of a command with --json."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check_command(arguments: Sequence[str]) -> None:
    """Check that a command exists with these options. Raises click.ClickException."""
    command: click.Command = main
    context, left = click.Context(main), list(arguments)
    while isinstance(command, click.Group):
        name, found, left = command.resolve_command(context, left)
        assert found is not None
        command, context = found, click.Context(found, context, name)
    command.make_context(context.info_name, left, parent=context.parent)
