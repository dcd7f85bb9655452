"""A lock file: at most one stack per data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moderation.standalone.problem import CannotStart


@contextmanager
def hold(data_dir: Path) -> Iterator[None]:
    """Lock the data directory until the block ends. Raises CannotStart if another process holds it.

    The kernel releases the lock when the process ends, so a crash leaves nothing to clean up by hand.
    """
    path = data_dir / "lock"
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode() or "?"
            os.close(handle)
            raise CannotStart(
                f"Corrigenda is already running on {data_dir} (process {holder}). "
                "Stop it, or use another --data-dir."
            ) from None
        # The process before us might have removed the file between our open and our lock.
        if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
            break
        os.close(handle)
    try:
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)
