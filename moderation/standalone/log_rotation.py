"""Keep the logs of the processes small and short-lived while they run."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

LARGEST = 10_000_000
"""Bytes of a log before it is rotated. One earlier log of each process is kept."""
KEEP_SECONDS = 30 * 86_400
"""Earlier logs are deleted after this time."""
_PAUSE = 60.0


class LogRotation:
    """Rotates the logs in a directory. `clock` returns seconds since the epoch."""

    def __init__(self, log_dir: Path, clock: Callable[[], float] = time.time) -> None:
        self._log_dir = log_dir
        self._clock = clock
        self._next = 0.0

    def __call__(self) -> None:
        """Rotate large logs and delete old ones, at most once per minute."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _PAUSE
        for path in self._log_dir.glob("*.log"):
            earlier = path.with_suffix(".log.1")
            is_old = earlier.exists() and now - earlier.stat().st_mtime > KEEP_SECONDS
            if path.stat().st_size > LARGEST:
                # The processes keep the file open for appending, so it is emptied and not renamed.
                shutil.copyfile(path, earlier)
                earlier.chmod(0o640)
                path.write_bytes(b"")
            elif is_old:
                earlier.unlink()
