"""Let the system user run a program that is in a private home, such as /root.

We move to a mount namespace of our own, which our children share and nobody else sees. There an empty
directory covers the private one. It shows only the program and its Python, read-only, at their own paths.
No file is copied, no mode is changed, and the rest of the home is out of the children's reach.
It needs root with CAP_SYS_ADMIN, which containers do not have. See mount_namespaces(7).
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from moderation.paths import MIGRATIONS, PACKAGE, TEMPLATES
from moderation.standalone.system_user import Account

_CLONE_NEWNS = 0x20000
_RDONLY, _NOSUID, _NODEV, _REMOUNT, _BIND, _REC, _SLAVE = 0x1, 0x2, 0x4, 0x20, 0x1000, 0x4000, 0x80000
_DETACH = 2
_libc = ctypes.CDLL(None, use_errno=True)


def show_program(account: Account) -> bool:
    """Show the account the program and its Python. Returns whether that was possible."""
    python = Path(sys.prefix), Path(sys.base_prefix)
    named = (*python, PACKAGE, PACKAGE.parent / "worker", TEMPLATES, MIGRATIONS)
    folders = {path for name in named if name.exists() for path in (name, name.resolve())}
    return show(account, [path for path in folders if not folders & set(path.parents)])


def show(account: Account, needed: Sequence[Path]) -> bool:
    """Show the account these folders, none of which is inside another one, also where a home is private."""
    private = {parent for path in needed if (parent := _first_private(account, path)) is not None}
    try:
        _check(_libc.unshare(_CLONE_NEWNS))
        _mount(None, Path("/"), _SLAVE | _REC)
        _cover(private, {path: os.open(path, os.O_PATH) for path in needed if private & set(path.parents)})
    except OSError:
        return False
    return True


def _first_private(account: Account, path: Path) -> Path | None:
    """Return the outermost folder on the way to the path that the account may not enter."""
    return next((parent for parent in reversed(path.parents) if not account.can("-x", parent)), None)


def _cover(private: Iterable[Path], opened: dict[Path, int]) -> None:
    """Cover the private folders, and mount what was opened before at its own path."""
    covered, umask = [], os.umask(0o022)
    try:
        for folder in private:
            _mount("tmpfs", folder, _NOSUID | _NODEV, kind="tmpfs", options="mode=755,size=1m")
            covered.append(folder)
        for path, descriptor in opened.items():
            path.mkdir(mode=0o755, parents=True)
            _mount(f"/proc/self/fd/{descriptor}", path, _BIND | _REC)
            _mount(None, path, _BIND | _REMOUNT | _RDONLY | _NOSUID | _NODEV)
        for folder in private:
            _mount(None, folder, _REMOUNT | _RDONLY | _NOSUID | _NODEV)
    except OSError:
        for folder in covered:  # as before, for us who are root
            _libc.umount2(os.fsencode(folder), _DETACH)
        raise
    finally:
        os.umask(umask)
        for descriptor in opened.values():
            os.close(descriptor)


def _mount(
    source: str | None, target: Path, flags: int, *, kind: str | None = None, options: str | None = None
) -> None:
    names = [None if name is None else os.fsencode(name) for name in (source, target, kind, options)]
    _check(_libc.mount(*names[:3], ctypes.c_ulong(flags), names[3]))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
