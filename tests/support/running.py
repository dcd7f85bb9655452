"""`corrigenda run` in a separate process, as an operator starts it."""

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.orm import Session

from moderation.broker import make_celery
from moderation.settings import Settings
from tests.support.commands import Done, in_process

ONE_WEB = {"CORRIGENDA_WEB_WORKERS": "1"}
"""Most tests need one web process. Each takes seconds of CPU time to start."""
COMMAND = [sys.executable, "-m", "moderation.cli"]
LASTING = {"CORRIGENDA_CONFIRM_MINUTES": "60"}
"""A slow run of tests must not be asked again who is at the desk."""


class Running:
    """A running stack. `lines` holds its output."""

    def __init__(
        self,
        data_dir: Path,
        *options: str,
        port: int | None = None,
        command: Sequence[str] = COMMAND,
        cwd: Path | None = None,
        **env: str,
    ) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self.engine: Engine | None = None
        self._fresh: queue.Queue[str] = queue.Queue()
        self._command = command
        self._cwd = cwd
        self.process = subprocess.Popen(
            [*command, "run", "--port", str(self.port), "--data-dir", str(data_dir), *options],
            env={**os.environ, **ONE_WEB, **LASTING, **env}, cwd=cwd, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._fresh.put(line)

    def await_line(self, pattern: str, seconds: float = 180) -> re.Match[str]:
        """Wait for the first line of output that matches the pattern, and return the match."""
        deadline = time.monotonic() + seconds
        while True:
            for line in list(self.lines):
                if match := re.search(pattern, line):
                    return match
            with suppress(queue.Empty):
                self._fresh.get(timeout=max(0.01, min(0.5, deadline - time.monotonic())))
            ended = self.process.poll() is not None and self._fresh.empty()
            if ended or time.monotonic() > deadline:
                raise AssertionError(f"no line with {pattern!r} in:\n" + "\n".join(self.lines))

    def await_ready(self) -> "Running":
        """Wait for `ready`. A busy machine may need minutes."""
        self.await_line(r"^ready http://", seconds=300)
        return self

    @property
    def password(self) -> str:
        """Return the owner's password, which the first start prints."""
        return self.await_line(r"password +(\S+)")[1]

    def stop(self, number: signal.Signals = signal.SIGINT, seconds: float = 60) -> int:
        """Stop the stack as Ctrl+C does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = 60) -> int:
        """Wait until the stack has ended and all that it printed is in `lines`. Return its exit code."""
        code = self.process.wait(seconds)
        self._reader.join(seconds)
        return code

    @property
    def database_url(self) -> str:
        """Return the URL of the stack's database, as other commands find it."""
        return str(json.loads((self.data_dir / "stack.json").read_text())["DATABASE_URL"])

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session on the stack's database, to prepare data faster than with commands."""
        self.engine = self.engine or create_engine(
            "postgresql+psycopg://" + self.database_url.partition("://")[2], poolclass=NullPool
        )
        with Session(self.engine, expire_on_commit=False) as opened:
            yield opened

    @contextmanager
    def another_web(self, port: int | None = None, **env: str) -> Iterator[str]:
        """Start a second web process with other settings on this stack's data, and return its URL."""
        port, found = port or free_port(), json.loads((self.data_dir / "stack.json").read_text())
        own = {"CORRIGENDA_PORT": str(port), "CORRIGENDA_METRICS_PORT": "0"}
        process = subprocess.Popen([*self._command, "web"], env={**os.environ, **found, **own, **env})
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)

    def ask_worker(self, task: str) -> None:
        """Send a task to the worker now, instead of waiting until the scheduler does."""
        found = json.loads((self.data_dir / "stack.json").read_text())
        make_celery(Settings.from_env({**os.environ, **found})).send_task(task)

    def children(self) -> dict[str, int]:
        """Return the process ids of the supervisor's children, by name."""
        names = {
            "postgres": "/postgres -D", "redis": "redis-server", "web": "granian",
            "worker": "--queues work", "fetcher": "--queues fetch",
            "scheduler": " beat ",
        }  # fmt: skip
        return {
            name: child.pid
            for child in psutil.Process(self.process.pid).children()
            for name, mark in names.items()
            if mark in " ".join(child.cmdline())
        }

    def cli(self, *arguments: str, stdin: str | None = None) -> Any:
        """Run another `corrigenda` command on this stack. --json output is parsed.

        That of this checkout runs in this process: another takes a second of CPU time to start.
        """
        env = {"CORRIGENDA_DATA_DIR": str(self.data_dir)}
        if self._command is COMMAND:
            done = in_process(*arguments, stdin=stdin, **env)
        else:
            process = cli(*arguments, stdin=stdin, command=self._command, cwd=self._cwd, **env)
            done = Done(process.returncode, process.stdout, process.stderr)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if "--json" in arguments else done.stdout


def cli(
    *arguments: str,
    stdin: str | None = None,
    command: Sequence[str] = COMMAND,
    cwd: Path | None = None,
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """Run one `corrigenda` command."""
    return subprocess.run(
        [*command, *arguments], env={**os.environ, **env}, input=stdin, cwd=cwd,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call(url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Call the API, and return the status and the parsed answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data, {"Content-Type": "application/json", **(headers or {})}, method="POST" if data else "GET"
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def answers(url: str) -> bool:
    """Return whether a server answers at the URL."""
    try:
        return call(url)[0] == 200
    except OSError:
        return False


def eventually(check: Callable[[], Any], seconds: float = 60) -> Any:
    """Repeat `check` until its result is true, and return it. A failure shows the last result."""
    deadline, pause = time.monotonic() + seconds, 0.02
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"still {answer!r} after {seconds} s")
        time.sleep(pause)
        pause = min(0.3, pause * 1.3)  # what is waited for needs the processor more than the question
