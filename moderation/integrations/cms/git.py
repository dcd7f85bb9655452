"""Articles in a Git repository: a copy is kept, corrected, committed and pushed. Nothing is forced."""

import fcntl
import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from moderation.domain.source.correct import Field, SourceKind
from moderation.domain.source.url_rules import paths_for
from moderation.integrations.cms.base import ChangedSinceRead, Document, Refused, SourceCms, Written
from moderation.integrations.cms.git_command import LARGEST_PACK, SECONDS, GitCommand

_MOST_PACKS = 200
_STEP = 0.1


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
    seconds: float = SECONDS
    """For one command of Git, and to wait for another process that has the copy."""
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
        """Commit on top of the commit that was read, and push. A push that is refused changes nothing."""
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
            self._lock(lock)
            if _is_worn(copy):
                shutil.rmtree(copy)
            if not copy.exists():
                self._git("init", "--quiet", "--bare", "--template=", "--", str(copy), cwd=None)
            self._git("fetch", "--quiet", "--no-tags", "--depth=50", self.repository,
                      f"refs/heads/{self.branch}", cwd=copy)  # fmt: skip
            yield copy

    def _lock(self, lock: IO[str]) -> None:
        """Wait for the copy for a limited time. Raises Refused."""
        until = time.monotonic() + self.seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Refused("unreachable", "another process works on this repository") from None
                time.sleep(_STEP)
            else:
                return

    def _git(self, *arguments: str, cwd: Path | None, given: str | None = None) -> str:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = GitCommand(
            self.repository, self.user, self.token, self.author, self.allowed, self.addresses,
            self.seconds, self.largest_pack,
        )  # fmt: skip
        return command.run(*arguments, cwd=cwd or self.folder.parent, given=given)


def _is_worn(copy: Path) -> bool:
    """Return whether a copy has too many packs or bytes, so that a new one is better.

    A fetch that was stopped leaves what it had received.
    """
    sizes = [file.stat().st_size for file in copy.glob("objects/pack/*")]
    return len(sizes) > _MOST_PACKS or sum(sizes) > LARGEST_PACK
