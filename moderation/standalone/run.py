"""`corrigenda run`: start the whole stack, wait for a signal, stop it."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from moderation.paths import PACKAGE
from moderation.standalone.log_rotation import LogRotation
from moderation.standalone.problem import CannotStart
from moderation.standalone.programs import make_processes
from moderation.standalone.stack import Stack, open_stack
from moderation.standalone.supervisor import Supervisor

Say = Callable[[str], None]
_WEB_WORKERS = "1"
"""Web processes of a small machine, if the environment does not say how many. Each takes 130 MB."""


def run(*, host: str, port: int, data_dir: Path, demo: bool, say: Say, reload: bool = False) -> None:
    """Start the stack, print `ready`, and run until a signal. Raises CannotStart.

    With `reload`, web and worker restart when a source file changes.
    """
    _require_free(host, port)
    with open_stack(data_dir, with_redis=True) as stack:
        stack.env.update(_web_env(stack, host, port, demo=demo))
        _prepare(stack, demo=demo, say=say)
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
            say("Stopping…")
        finally:
            supervisor.stop(processes)
    say("Stopped.")


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
                f"Port {port} on {host} is not available ({error.strerror}). Choose another with --port."
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
        "CORRIGENDA_WEB_WORKERS": os.environ.get("CORRIGENDA_WEB_WORKERS") or _WEB_WORKERS,
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
    }


def _prepare(stack: Stack, *, demo: bool, say: Say) -> None:
    """Migrate and fill the database in a separate process. Raises CannotStart.

    What that needs takes 150 MB, which the supervisor would keep as long as it runs.
    """
    command = [sys.executable, "-P", "-m", "moderation.standalone.prepare", *(["--demo"] if demo else [])]
    env = {**os.environ, **stack.env, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise CannotStart(done.stdout.strip() or "The database could not be prepared: see above.")
    for line in done.stdout.splitlines():
        say(line)


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
