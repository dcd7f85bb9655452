"""Commands on the tests' database."""

import pytest

from tests.support.commands import in_process


@pytest.fixture
def run(stack, session):
    """Runs a command on the tests' database, in this process: starting another takes a second."""

    def command(*arguments, stdin=None, **env):
        known = {"DATABASE_URL": stack.env["DATABASE_URL"], "REDIS_URL": stack.env["REDIS_URL"]}
        return in_process(*arguments, stdin=stdin, **known | {"SECRET_KEY": "s" * 32} | env)

    return command
