"""Bind each web process to one processor, if there are at least as many processes as processors.

The threads of a process run one at a time, because of the interpreter's lock. When they are spread over the
processors, each handover of the lock wakes another processor, which costs much of the time for a report
(`make bench-intake`).
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


def keep_on_one_processor(processes: int, directory: Path) -> None:
    """Choose a processor that no other of these processes has, and stay there. `directory` is theirs.

    Fewer processes than processors are not bound: other programs may need the one that they would choose.
    """
    if not hasattr(os, "sched_setaffinity"):  # macOS
        return
    allowed = sorted(os.sched_getaffinity(0))
    if processes < len(allowed):
        return
    for number in range(processes):
        if _take(directory / f"processor-{number}.lock"):
            with suppress(OSError):  # a sandbox may forbid it
                os.sched_setaffinity(0, {allowed[number % len(allowed)]})
            return


def _take(path: Path) -> bool:
    """Lock the file until this process ends: it stays open. Returns False if another process holds it."""
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return False
    return True
