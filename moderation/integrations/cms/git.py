"""Articles in a Git repository: a copy is kept, corrected, committed and pushed. Nothing is forced."""

import base64
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from moderation.domain.source.correct import Field, SourceKind
from moderation.domain.source.url_rules import paths_for
from moderation.integrations.cms.base import ChangedSinceRead, Document, Refused, SourceCms, Written

SECONDS = 120
"""For one command of Git."""
LARGEST = 2 * 1024 * 1024
"""Bytes of a file, and of what a command answers."""
LARGEST_PACK = 512 * 1024 * 1024
"""Bytes of one file that Git may write: a repository can be of any size."""
_MOST_PACKS = 200
_MEMORY = 2 * 1024**3
_SAFE = (
    "core.hooksPath=/dev/null", "core.symlinks=false", "core.fsmonitor=false", "credential.helper=",
    "protocol.allow=never", "protocol.https.allow=always", "http.followRedirects=false",
    "submodule.recurse=false", "gc.auto=0", "commit.gpgSign=false", "core.quotePath=false",
)  # fmt: skip
_AUTH_SIGNS = ("authentication failed", "could not read username", "403", "401", "permission denied")


@dataclass(frozen=True, slots=True)
class GitRepository(SourceCms):
    """One branch of a repository. `rules` say which file a page comes from."""

    repository: str
    branch: str
    rules: str
    folder: Path
    user: str = ""
    token: str = ""
    author: str = "Corrigenda <corrigenda@localhost>"
    allowed: tuple[str, ...] = ()
    """Other protocols than https that may be used, such as `http` or `file`."""
    addresses: tuple[str, ...] = ()
    """The checked IP addresses of the repository's host. Git asks no name server again. Empty: it does."""
    largest_pack: int = LARGEST_PACK

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def test(self) -> str:
        """Read the branch from the repository."""
        answer = self._git("ls-remote", "--heads", "--", self.repository, self._ref, cwd=None)
        if not answer.strip():
            raise Refused("misconfigured", f"the repository has no branch {self.branch}")
        return f"Git: {self.branch} at {answer[:10]}"

    def read(self, url: str) -> Document:
        """Bring the copy up to date, and read the file of the page."""
        with self._copy() as copy:
            head = self._git("rev-parse", "FETCH_HEAD", cwd=copy).strip()
            for path in paths_for(self.rules, url):
                if self._is_file(copy, path):
                    text = self._git("cat-file", "blob", f"FETCH_HEAD:{path}", cwd=copy)
                    kind: SourceKind = "html" if path.endswith((".html", ".htm")) else "markdown"
                    return Document(path, [Field("file", kind, text)], head)
        raise Refused("not_found", f"no rule leads to a file for {url}")

    def write(self, document: Document, fields: Sequence[Field], note: str) -> Written:
        """Commit on top of what was read, and push. A push that is refused changes nothing."""
        with self._copy() as copy:
            if self._git("rev-parse", "FETCH_HEAD", cwd=copy).strip() != document.version:
                raise ChangedSinceRead
            mode = self._git("ls-tree", "FETCH_HEAD", "--", document.id, cwd=copy).split(" ", 1)[0]
            blob = self._git("hash-object", "-w", "--stdin", cwd=copy, given=fields[0].text).strip()
            self._git("read-tree", "FETCH_HEAD", cwd=copy)
            self._git("update-index", "--cacheinfo", f"{mode},{blob},{document.id}", cwd=copy)
            tree = self._git("write-tree", cwd=copy).strip()
            commit = self._git("commit-tree", tree, "-p", document.version, cwd=copy, given=note).strip()
            try:
                self._git("push", "--porcelain", self.repository, f"{commit}:{self._ref}", cwd=copy)
            except Refused as refused:
                if "rejected" in str(refused):
                    raise ChangedSinceRead("the branch has newer commits: nothing was forced") from None
                raise
            return Written(commit)

    def _is_file(self, copy: Path, path: str) -> bool:
        """Return whether the path is an ordinary file, not a link or a folder."""
        return self._git("ls-tree", "FETCH_HEAD", "--", path, cwd=copy).startswith("100")

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        """The copy of the repository, for one process at a time, with the branch as FETCH_HEAD."""
        name = hashlib.sha256(f"{self.repository} {self.branch}".encode()).hexdigest()[:32]
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = self.folder / f"{name}.git"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_worn(copy):
                shutil.rmtree(copy)
            if not copy.exists():
                self._git("init", "--quiet", "--bare", "--template=", "--", str(copy), cwd=None)
            self._git("fetch", "--quiet", "--no-tags", "--depth=50", self.repository,
                      f"refs/heads/{self.branch}", cwd=copy)  # fmt: skip
            yield copy

    def _git(self, *arguments: str, cwd: Path | None, given: str | None = None) -> str:
        """Run one command of Git, without shell, hooks, prompts or the machine's configuration."""
        allowed = [f"protocol.{name}.allow=always" for name in self.allowed]
        settings = (*_SAFE, *allowed, *self._pinned())
        options = [part for setting in settings for part in ("-c", setting)]
        command = [*self._bounds(), "git", *options, *arguments]
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            code = self._run(command, cwd, given, output, errors)
            text, said = _first_bytes(output), _first_bytes(errors)
        if code != 0:
            raise self._refusal(arguments[0], (said + text).decode(errors="replace"))
        if len(text) > LARGEST:
            raise Refused("misconfigured", f"what git {arguments[0]} answers is larger than 2 MB")
        try:
            return text.decode()
        except UnicodeDecodeError:
            raise Refused("misconfigured", "the file is not UTF-8") from None

    def _run(
        self,
        command: Sequence[str],
        cwd: Path | None,
        given: str | None,
        output: IO[bytes],
        errors: IO[bytes],
    ) -> int:
        """Run a command and return its exit code. What it writes is in files, because it has no bounds."""
        try:
            return subprocess.run(
                command, cwd=cwd or self.folder.parent, env=self._environment(),
                input=None if given is None else given.encode(), stdout=output, stderr=errors,
                timeout=SECONDS, check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Refused("unreachable", f"git took longer than {SECONDS} s") from None
        except FileNotFoundError:
            raise Refused("misconfigured", "git is not installed where the worker runs") from None

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
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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

    def _refusal(self, command: str, output: str) -> Refused:
        text = output.lower()
        if "rejected" in text:
            return Refused("conflict", f"git {command}: rejected: {output.strip()[-200:]}")
        if any(sign in text for sign in _AUTH_SIGNS):
            return Refused("unauthorized", "the repository refuses the token")
        if "couldn't find remote ref" in text:
            return Refused("misconfigured", f"the repository has no branch {self.branch}")
        return Refused("unreachable", f"git {command}: {output.strip()[-200:]}")


def _is_worn(copy: Path) -> bool:
    """Return whether a copy holds so many packs, or so much, that a new one is better."""
    packs = [file.stat().st_size for file in copy.glob("objects/pack/*.pack")]
    return len(packs) > _MOST_PACKS or sum(packs) > LARGEST_PACK


def _first_bytes(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(LARGEST + 1)
