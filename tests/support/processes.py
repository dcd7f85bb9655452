"""What the operating system knows of a stack's processes and directories."""

import subprocess
import sys
from pathlib import Path

import psutil


def processes_of(data_dir: Path) -> list[list[str]]:
    """Return the command lines of the processes that work on this data directory."""
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline"])
        if str(data_dir) in " ".join(process.info["cmdline"] or [])
    ]


def may_mount() -> bool:
    """Return whether we may make a mount namespace: root of a machine may, root of a container may not."""
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


def modes(path: Path) -> dict[str, tuple[str, int]]:
    """Return mode and owner of a directory, of all above it, and of those that hold the environment."""
    watched = {path, *path.parents, Path(sys.prefix), *Path(sys.prefix).parents, Path.home(), Path("/tmp")}
    return {str(each): (oct(each.stat().st_mode), each.stat().st_uid) for each in watched}
