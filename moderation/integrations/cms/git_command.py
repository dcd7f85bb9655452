"""Run Git for a repository that a site's admin named: bounded in time, memory and files, and closed in.

No shell, no hooks, no prompts, no redirects, nothing of the machine's configuration.
"""

import base64
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from moderation.integrations.cms.base import Refused

SECONDS = 120.0
"""For one command of Git."""
LARGEST = 2 * 1024 * 1024
"""Bytes of a file, and of what a command answers."""
LARGEST_PACK = 512 * 1024 * 1024
"""Bytes of one file that Git may write: a repository can be of any size."""
_MEMORY = 2 * 1024**3
_SAFE = (
    "core.hooksPath=/dev/null", "core.symlinks=false", "core.fsmonitor=false", "credential.helper=",
    "protocol.allow=never", "protocol.https.allow=always", "http.followRedirects=false",
    "submodule.recurse=false", "gc.auto=0", "commit.gpgSign=false", "core.quotePath=false",
)  # fmt: skip
_AUTH_SIGNS = (
    "authentication failed", "could not read username", "error: 403", "error: 401", "permission denied",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GitCommand:
    """Runs commands for one repository."""

    repository: str
    user: str
    token: str
    author: str
    allowed: tuple[str, ...]
    """Other protocols than https that may be used."""
    addresses: tuple[str, ...]
    """The checked addresses of the host: Git asks no name server again. Empty: it does."""
    seconds: float = SECONDS
    largest_pack: int = LARGEST_PACK

    def run(self, *arguments: str, cwd: Path, given: str | None = None) -> str:
        """Run one command and return what it answers. Raises Refused."""
        allowed = [f"protocol.{name}.allow=always" for name in self.allowed]
        settings = (*_SAFE, *allowed, *self._pinned())
        options = [part for setting in settings for part in ("-c", setting)]
        command = [*self._bounds(), "git", *options, *arguments]
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            code = self._wait(command, cwd, given, output, errors)
            text, said = _first_bytes(output), _first_bytes(errors)
        if code != 0:
            raise _refusal(arguments[0], (said + text).decode(errors="replace"))
        if len(text) > LARGEST:
            raise Refused("misconfigured", f"what git {arguments[0]} answers is larger than 2 MB")
        try:
            return text.decode()
        except UnicodeDecodeError:
            raise Refused("misconfigured", "the file is not UTF-8") from None

    def _wait(
        self,
        command: Sequence[str],
        cwd: Path,
        given: str | None,
        output: IO[bytes],
        errors: IO[bytes],
    ) -> int:
        """Run a command and return its exit code. What it writes is in files, because it has no bounds."""
        try:
            running = subprocess.Popen(
                command, cwd=cwd, env=self._environment(), stdin=subprocess.PIPE, stdout=output,
                stderr=errors, start_new_session=True,
            )  # fmt: skip
        except FileNotFoundError:
            raise Refused("misconfigured", "git is not installed where the worker runs") from None
        with running:
            try:
                running.communicate((given or "").encode(), timeout=self.seconds)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)  # the program that speaks HTTP too
                raise Refused("unreachable", f"git took longer than {self.seconds:g} s") from None
        return running.returncode

    def _pinned(self) -> list[str]:
        """Return the setting that makes Git connect to the checked addresses (Git 2.37 and later)."""
        parts = urlsplit(self.repository)
        if not self.addresses or parts.hostname is None:
            return []
        port = parts.port or (443 if parts.scheme == "https" else 80)
        shown = ",".join(f"[{one}]" if ":" in one else one for one in self.addresses)
        return [f"http.curloptResolve={parts.hostname}:{port}:{shown}"]

    def _bounds(self) -> list[str]:
        """Return the command that bounds memory and written files, where there is one (util-linux)."""
        command = shutil.which("prlimit")
        return [command, f"--fsize={self.largest_pack}", f"--as={_MEMORY}", "--"] if command else []

    def _environment(self) -> dict[str, str]:
        name, _sep, email = self.author.partition(" <")
        env = {
            "PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "", "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email.rstrip(">"),
            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email.rstrip(">"),
        }  # fmt: skip
        if self.token:
            # In the environment, not on the command line: other users of the machine see command lines.
            pair = base64.b64encode(f"{self.user or 'x-access-token'}:{self.token}".encode()).decode()
            env |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "http.extraHeader",
                "GIT_CONFIG_VALUE_0": f"Authorization: Basic {pair}",
            }
        return env


def _refusal(command: str, output: str) -> Refused:
    text = output.lower()
    if "rejected" in text:
        return Refused("conflict", f"git {command}: rejected: {output.strip()[-200:]}")
    if any(sign in text for sign in _AUTH_SIGNS):
        return Refused("unauthorized", "the repository refuses the token")
    if "couldn't find remote ref" in text:
        return Refused("misconfigured", "the repository has no such branch")
    return Refused("unreachable", f"git {command}: {output.strip()[-200:]}")


def _first_bytes(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(LARGEST + 1)
