"""Find the instance that a command works on, print its name, and open its database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from moderation.cli.data_dir import DataDir, chosen_data_dir
from moderation.database import make_engine, make_sessions
from moderation.services.instance.migrate import upgrade
from moderation.settings import Settings
from moderation.standalone.problem import CannotStart
from moderation.standalone.stack import open_stack, running_stack


@dataclass(frozen=True, slots=True)
class Opened:
    """An instance that a command works on."""

    engine: Engine
    env: dict[str, str]
    """The environment of its processes."""


@contextmanager
def database(*, changing: bool) -> Iterator[Engine]:
    """Open an engine on the instance's database. Raises CannotStart."""
    with instance(changing=changing) as opened:
        yield opened.engine


@contextmanager
def instance(*, changing: bool, migrating: bool = True) -> Iterator[Opened]:
    """Open the instance. `changing`: the command writes. `migrating`: it needs the newest tables.

    Without DATABASE_URL and without a running stack, the embedded database runs for the time of the command.
    A command that writes requires a data directory that the operator named: otherwise a forgotten option
    would create a second instance. Raises CannotStart.
    """
    directory = chosen_data_dir()
    if os.environ.get("DATABASE_URL") and not directory.by_option:
        url = make_url(os.environ["DATABASE_URL"]).render_as_string(hide_password=True)
        say_instance(f"{url} (DATABASE_URL)")
        yield from _open(dict(os.environ))
        return
    running = running_stack(directory.path)
    if running is not None:
        say_instance(f"{directory.path} (running)")
        yield from _open({**os.environ, **running})
        return
    say_instance(start_notice(directory, changing=changing))
    with open_stack(directory.path, with_redis=False) as stack:
        for opened in _open({**os.environ, **stack.env}):
            if migrating:
                upgrade(opened.engine)
            yield opened


@contextmanager
def session(*, changing: bool) -> Iterator[Session]:
    """Open a session on the instance's database. Raises CannotStart."""
    with database(changing=changing) as engine, make_sessions(engine)() as opened:
        yield opened


def say_instance(text: str) -> None:
    """Print the instance that the command works on to standard error. Standard output is for the answer."""
    click.echo(f"instance  {text}", err=True)


def start_notice(directory: DataDir, *, changing: bool) -> str:
    """Return the notice for a command when no stack runs on the data directory. Raises CannotStart."""
    path = directory.path
    if changing and not directory.named:
        raise CannotStart(
            f"nothing runs on {path}. Start it with `corrigenda run`, or say which instance you mean: "
            "--data-dir DIR, CORRIGENDA_DATA_DIR=DIR or DATABASE_URL=…"
        )
    if directory.holds_instance:
        return f"{path} (not running: its database starts for this command)"
    if not changing:
        raise CannotStart(f"there is no instance in {path}. Start one with `corrigenda run`")
    return f"{path} (new: it is made now, and its database runs for this command)"


def _open(env: dict[str, str]) -> Iterator[Opened]:
    # These commands need only the database.
    complete = {"REDIS_URL": "redis://unused", "SECRET_KEY": "unused by commands that only use the database"}
    engine = make_engine(Settings.from_env({**complete, **env}))
    try:
        yield Opened(engine, env)
    finally:
        engine.dispose()
