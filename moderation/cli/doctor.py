"""`corrigenda doctor`: check this installation, and say how to fix each problem."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click
from redis.exceptions import RedisError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation.broker import HEARTBEAT, make_redis
from moderation.cli.connect import say_instance
from moderation.cli.data_dir import chosen_data_dir
from moderation.database import make_engine, make_sessions
from moderation.environment import SettingsError
from moderation.optional_settings import BackupSettings
from moderation.services.instance.backup.scheduled import last_backup
from moderation.services.instance.migrate import is_current
from moderation.services.instance.secret_key import key_problem
from moderation.services.instance.server import OldServer, require_server
from moderation.services.outbox.attention import queue_state
from moderation.settings import Settings
from moderation.standalone.stack import running_stack

_OLDEST_HEARTBEAT = 30.0
_OLDEST_MESSAGE = 300.0
ATTENTION_PATH = "/desk/attention"


@click.command()
@click.option("--processes-only", is_flag=True, help="Leave out failed work: for health checks.")
@click.option(
    "--heartbeat-only", is_flag=True, help="Check only Redis and the worker's heartbeat: it needs REDIS_URL."
)
@click.pass_context
def doctor(context: click.Context, processes_only: bool, heartbeat_only: bool) -> None:
    """Check settings, database, migrations, Redis, the worker, and work that failed too often."""
    healthy = True
    for name, problem in _redis(Settings.of_scheduler()) if heartbeat_only else _checks():
        if processes_only and name in ("messages", "secret key", "backup"):
            continue
        healthy = healthy and problem is None
        click.echo(f"{'ok  ' if problem is None else 'FAIL'}  {name}" + (f": {problem}" if problem else ""))
    context.exit(0 if healthy else 1)


def _checks() -> Iterator[tuple[str, str | None]]:
    """Yield the name of each check and its problem. Checks that depend on a failed check do not run."""
    env = dict(os.environ)
    directory = chosen_data_dir()
    if directory.by_option or not env.get("DATABASE_URL"):
        running = running_stack(directory.path)
        if running is None:
            path = directory.path
            yield "stack", f"not running ({path}): start it with `corrigenda run`, or set DATABASE_URL"
            return
        say_instance(f"{directory.path} (running)")
        env.update(running)
    try:
        settings = Settings.from_env(env)
    except SettingsError as error:
        yield "settings", "; ".join(error.problems)
        return
    yield "settings", None
    yield from _database(settings)
    yield from _redis(settings)


def _database(settings: Settings) -> Iterator[tuple[str, str | None]]:
    engine = make_engine(settings)
    try:
        require_server(engine)
        yield "database", None
        current = is_current(engine)
        yield "migrations", None if current else "pending migrations: run `corrigenda db upgrade`"
        if current:
            yield "messages", _messages(engine)
            with make_sessions(engine)() as session:
                yield "secret key", key_problem(session, settings.secret_keys)
                if settings.backup is not None:
                    yield "backup", _backup(last_backup(session), settings.backup)
    except OldServer as error:
        yield "database", str(error)
    except DBAPIError as error:
        remedy = "check that it is running and that DATABASE_URL is correct"
        yield "database", f"cannot connect ({_first_line(error)}): {remedy}"
    finally:
        engine.dispose()


def _backup(last: datetime | None, plan: BackupSettings) -> str | None:
    age = None if last is None else datetime.now(UTC) - last
    if age is not None and age < timedelta(hours=2 * plan.hours):
        return None
    made = "none was made yet" if last is None else f"the last one is of {last:%Y-%m-%d %H:%M} UTC"
    return f"{made}: read the worker's log (backup.failed); can it write to {plan.directory}?"


def _messages(engine: Engine) -> str | None:
    with Session(engine) as session:
        state = queue_state(session)
    if state.set_aside:
        what = "1 message needs" if state.set_aside == 1 else f"{state.set_aside} messages need"
        return f"{what} attention: an owner sees why at {ATTENTION_PATH}, and can try again there"
    if state.oldest_seconds > _OLDEST_MESSAGE:
        late = f"{state.waiting} messages wait, the oldest for {state.oldest_seconds:.0f} s"
        return f"{late}: is the worker running, and is one worker enough?"
    return None


def _redis(settings: Settings) -> Iterator[tuple[str, str | None]]:
    try:
        beat = make_redis(settings).get(HEARTBEAT)
    except RedisError as error:
        remedy = "reports are stored but not processed until Redis is back; check REDIS_URL"
        yield "redis", f"cannot connect ({_first_line(error)}): {remedy}"
        return
    yield "redis", None
    start_it = "start `corrigenda worker` and `corrigenda scheduler`, and check their logs"
    if beat is None:
        yield "worker", f"not running: {start_it}"
        return
    age = time.time() - float(beat)  # type: ignore[arg-type]
    yield "worker", f"not responding for {age:.0f} s: {start_it}" if age > _OLDEST_HEARTBEAT else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
