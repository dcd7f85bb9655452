"""The stack's own processes: worker, fetcher, scheduler and web.

If we are started as root, these processes run as the servers' system user, because they read untrusted data.
Where the program is in a private home, private_home.py shows it to that user. They stay root, with a warning,
if that is not possible, or if the user cannot open the port.
"""

import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from moderation.paths import PACKAGE
from moderation.standalone.private_home import show_program
from moderation.standalone.process import Child
from moderation.standalone.stack import Stack
from moderation.standalone.system_user import NAME, Account

_COMMAND = [sys.executable, "-P", "-m", "moderation.cli"]
_SOURCES = (PACKAGE, PACKAGE.parent / "worker")
# Secrets that a process does not need. The issuer goes too: with it the client's secret is required.
_SIGN_IN = {"CORRIGENDA_OIDC_ISSUER", "CORRIGENDA_OIDC_CLIENT_SECRET"}
_BACKUP = {"CORRIGENDA_BACKUP_PASSPHRASE"}
WITHHELD = {
    "web": frozenset(_BACKUP),
    "worker": frozenset(_SIGN_IN | _BACKUP),
    "fetcher": frozenset(_SIGN_IN),
    "scheduler": frozenset(
        _SIGN_IN | _BACKUP | {"CORRIGENDA_SMTP_URL", "DATABASE_URL", "SECRET_KEY", "SECRET_KEY_FALLBACKS"}
    ),
}
"""Variables that each process does not get."""
_FIRST_FREE_PORT = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")


def make_processes(stack: Stack, port: int, *, say: Callable[[str], None], reload: bool) -> list[Child]:
    """Make the processes, but do not start them. `say` gets a warning if one must run as root."""
    # Children must import the same code as we do, from any directory.
    env = {**stack.env, "PYTHONPATH": str(PACKAGE.parent)}
    account = _program_account(stack.account, say)
    web_account = account if _can_listen(account, port) else Account()
    if web_account != account:
        say(f"WARNING: web runs as root: {NAME} cannot open port {port}. Use a port from 1024 and a proxy")
    if account.ids is not None:
        env["HOME"] = str(stack.run_dir)

    def child(name: str, command: list[str], seconds: float, user: Account = account) -> Child:
        log, withheld = stack.log_dir / f"{name}.log", WITHHELD[name]
        # These are one process each, which may be killed at any moment. Without Redis they may not stop.
        # `web` has processes of its own, and so has `--reload`: they stop these when they are asked to.
        orphan = None if reload or name == "web" else signal.SIGKILL
        return Child(
            name, command, log, env, account=user, seconds=seconds, withholds=withheld, orphan_signal=orphan
        )

    return [
        child("worker", _worker("work", reload=reload), 3),
        child("fetcher", _worker("fetch,mail,deliveries,upkeep,apply", reload=reload), 2),
        child("scheduler", [*_COMMAND, "scheduler"], 1),
        child("web", [*_COMMAND, "web", "--prepared", *(["--reload"] if reload else [])], 3, web_account),
    ]


def _worker(queues: str, *, reload: bool) -> list[str]:
    command = [*_COMMAND, "worker", "--queues", queues]
    if not reload:
        return command
    watch = [sys.executable, "-P", "-m", "watchfiles", "--filter", "python"]
    return [*watch, shlex.join(command), *map(str, _SOURCES)]


def _program_account(account: Account, say: Callable[[str], None]) -> Account:
    """Return the servers' account if it can read the program or be shown it, else our account."""
    if account.ids is None or _can_run_program(account):
        return account
    if show_program(account) and _can_run_program(account):
        return account
    say(
        f"WARNING: web and worker run as root: {NAME} cannot read {PACKAGE.parent} or run {sys.executable}. "
        "Install Corrigenda outside private homes, such as in /opt/corrigenda"
    )
    return Account()


def _can_run_program(account: Account) -> bool:
    command = [sys.executable, "-P", "-c", "import moderation.version, granian, celery"]
    env = {"PYTHONPATH": str(PACKAGE.parent)}
    try:
        subprocess.run(command, env=env, cwd="/", capture_output=True, check=True, **account.popen())
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _can_listen(account: Account, port: int) -> bool:
    return account.ids is None or port >= int(_FIRST_FREE_PORT.read_text())
