"""`corrigenda run`: start the whole stack, wait for a signal, stop it."""

import logging
import os
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from moderation.database import make_engine, make_sessions
from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.instance.demo_cases import seed_cases
from moderation.services.instance.migrate import upgrade
from moderation.services.instance.secret_key import key_problem, remember_first_key
from moderation.settings import Settings
from moderation.standalone.log_rotation import LogRotation
from moderation.standalone.problem import CannotStart
from moderation.standalone.programs import make_processes
from moderation.standalone.stack import Stack, open_stack
from moderation.standalone.supervisor import Supervisor

Say = Callable[[str], None]


def run(*, host: str, port: int, data_dir: Path, demo: bool, say: Say, reload: bool = False) -> None:
    """Start the stack, print `ready`, and run until a signal. Raises CannotStart, SettingsError.

    With `reload`, web and worker restart when a source file changes.
    """
    _require_free(host, port)
    with open_stack(data_dir, with_redis=True) as stack:
        stack.env.update(_web_env(stack, host, port, demo=demo))
        settings = Settings.from_env({**os.environ, **stack.env})
        _prepare(settings, demo=demo, say=say)
        processes = make_processes(stack, port, say=say, reload=reload)
        servers = [server.child for server in (stack.postgres, stack.redis) if server is not None]
        supervisor = Supervisor([*servers, *processes], say, tend=LogRotation(stack.log_dir))
        supervisor.listen()
        try:
            for child in processes:
                child.start()
            stack.publish()
            supervisor.watch(until=lambda: _is_ready(reachable(host), port))
            if not supervisor.stopping:
                _say_where(stack, say)
                say(f"ready http://{host}:{port}")
                supervisor.watch()
            say("stopping …")
        finally:
            supervisor.stop(processes)
    say("stopped")


def reachable(host: str) -> str:
    """Return an address at which this machine reaches a server that listens on `host`."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"port {port} on {host} cannot be used ({error.strerror}): choose another one with --port"
            ) from None


def _web_env(stack: Stack, host: str, port: int, *, demo: bool) -> dict[str, str]:
    metrics = stack.data_dir / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)  # metrics of processes that have ended
    metrics.mkdir(mode=0o750)
    stack.account.own(metrics)
    # This instance serves the demo's articles, so the worker may read them at a private address.
    own = f"{reachable(host)}:{port}" if demo else None
    private = ",".join(filter(None, (os.environ.get("CORRIGENDA_PRIVATE_HOSTS"), own)))
    return {
        "CORRIGENDA_PRIVATE_HOSTS": private,
        "CORRIGENDA_HOST": host,
        "CORRIGENDA_PORT": str(port),
        "CORRIGENDA_DATA_DIR": str(stack.data_dir),
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
    }


def _prepare(settings: Settings, *, demo: bool, say: Say) -> None:
    # The accounts made here are announced below, in words.
    logging.getLogger("security").setLevel(logging.WARNING)
    engine = make_engine(settings)
    upgrade(engine)
    with make_sessions(engine)() as session:
        demo_site = seed_demo(session, settings.base_url) if demo else None
        owner = seed_owner(session)
        if demo_site is not None:
            seed_cases(session, engine, demo_site, settings.base_url, datetime.now(UTC))
        remember_first_key(session, settings.secret_keys)
        problem = key_problem(session, settings.secret_keys)
        if problem is not None:
            say(f"WARNING: {problem}")
    engine.dispose()
    if owner is not None:
        say("The owner's account, shown this once:")
        say(f"  address   {owner.email}")
        say(f"  password  {owner.password}")


def _say_where(stack: Stack, say: Say) -> None:
    """Print the path of the logs, and how other commands reach this instance."""
    installed = Path(sys.executable).with_name("corrigenda")
    command = str(installed) if installed.exists() else f"{sys.executable} -m moderation.cli"
    say(f"logs      {stack.log_dir}")
    say(f"commands  {command} site add NAME --origin URL --data-dir {stack.data_dir}")


def _is_ready(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
