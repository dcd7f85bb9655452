"""One process of a larger installation, as if it had a machine of its own."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.support.running import COMMAND


@dataclass(slots=True)
class Machine:
    """A `corrigenda` process with its own data directory, temporary folder and log."""

    name: str
    arguments: tuple[str, ...]
    directory: Path
    env: dict[str, str]
    command: tuple[str, ...] = tuple(COMMAND)
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """Start the process in a process group of its own."""
        temporary = self.directory / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        own = {"CORRIGENDA_DATA_DIR": str(self.directory / "data"), "TMPDIR": str(temporary)}
        with (self.directory / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, *self.arguments], env={**os.environ, **self.env, **own}, cwd=self.directory,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """Kill the process and its children at once, as a machine without power."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def ask_to_stop(self) -> None:
        """Send SIGTERM, as an operator does."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Stop the process; kill it if it does not stop."""
        self.ask_to_stop()
        if self.process is None:
            return
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    def has_ended(self) -> bool:
        """Return whether the process ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def megabytes(self) -> float:
        """Return its memory: the proportional set size of the process and its children."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return sum(each.memory_full_info().pss for each in (parent, *parent.children(True))) / 1_000_000
