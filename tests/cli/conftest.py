"""Commands on the tests' database."""

import pytest
from click.testing import CliRunner

from moderation.cli import main
from tests.support.commands import Done


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
