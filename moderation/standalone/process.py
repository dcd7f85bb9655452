"""One child process, in its own process group, which is stopped as a whole."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from moderation.standalone.system_user import Account

_PR_SET_PDEATHSIG = 1
_SERVER_ENV = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
_libc = ctypes.CDLL(None, use_errno=True)


def _open_log(path: str, flags: int) -> int:
    """Open a log that other users cannot read: logs hold readers' pages and editors' addresses."""
    return os.open(path, flags, 0o640)


def _server_env() -> dict[str, str]:
    return {name: os.environ[name] for name in _SERVER_ENV if name in os.environ}


@dataclass(slots=True)
class Child:
    """A command to keep running. `seconds` is the time it has to stop before it is killed.

    `inherits` passes our environment to it. Without it a server does not see our secrets.
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    inherits: bool = True
    withholds: frozenset[str] = frozenset()
    """Names of variables that it does not get: secrets of other processes."""
    account: Account = field(default_factory=Account)
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals | None = None
    """The kernel sends it if we are killed; None: the stop signal. Nobody is then left to stop it."""
    seconds: float = 3.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    asked: float | None = None
    deaths: int = 0

    def start(self) -> None:
        """Start the process and append its output to its log."""
        supervisor = os.getpid()
        with open(self.log, "ab", opener=_open_log) as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/" if self.account.ids else None,
                start_new_session=True,  # Ctrl+C in a terminal reaches only us: we stop the others
                preexec_fn=lambda: self._follow(supervisor),
                **self.account.popen(),
            )
        self.started, self.asked = time.monotonic(), None

    def _environment(self) -> dict[str, str]:
        whole = {**(os.environ if self.inherits else _server_env()), **self.env}
        return {name: value for name, value in whole.items() if name not in self.withholds}

    def ask_to_stop(self) -> None:
        """Send the stop signal once."""
        if self.process is not None and self.asked is None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            self.asked = time.monotonic()

    def stop(self) -> None:
        """Stop the process, then kill the rest of its process group."""
        if self.process is None:
            return
        self.ask_to_stop()
        if self.process.poll() is None:
            waited = time.monotonic() - (self.asked or 0.0)
            try:
                self.process.wait(max(0.1, self.seconds - waited))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.sweep()

    def sweep(self) -> None:
        """Kill the remaining processes in the group of a dead child."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def why_dead(self) -> str | None:
        """Return the cause of its end, such as "exit code 1"; None while it runs."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def last_lines(self, count: int = 5) -> str:
        """Return the last lines of its log."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-count:])

    def _follow(self, supervisor: int) -> None:
        """Let the kernel stop the child if we are killed (prctl(2), PR_SET_PDEATHSIG)."""
        _libc.prctl(_PR_SET_PDEATHSIG, int(self.orphan_signal or self.stop_signal))
        if os.getppid() != supervisor:  # killed before the kernel knew
            os._exit(1)
