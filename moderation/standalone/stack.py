"""The embedded stack: its data directory, its servers, and a file that lets other commands find it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from moderation.standalone.key_files import stored_keys
from moderation.standalone.lock import hold
from moderation.standalone.log_rotation import LogRotation
from moderation.standalone.postgres import Postgres
from moderation.standalone.problem import CannotStart
from moderation.standalone.redis import Redis
from moderation.standalone.system_user import Account, server_account

# The path of a unix socket has at most 107 bytes, including the file name that PostgreSQL adds.
_LONGEST_RUN_DIR = 80


@dataclass(slots=True)
class Stack:
    """A locked data directory with its servers."""

    data_dir: Path
    run_dir: Path
    log_dir: Path
    account: Account
    env: dict[str, str] = field(default_factory=dict)
    """Environment variables of a process that uses this stack."""
    postgres: Postgres | None = None
    redis: Redis | None = None

    def publish(self) -> None:
        """Let other commands find the running stack."""
        path = self.data_dir / "stack.json"
        path.touch(0o600)
        path.write_bytes(msgspec.json.encode(self.env))


@contextmanager
def open_stack(data_dir: Path, *, with_redis: bool) -> Iterator[Stack]:
    """Lock the data directory and start its servers, except those that the environment names.

    At the end of the block the servers stop; sockets, lock and the run directory are removed.
    Raises CannotStart.
    """
    account = server_account()
    with ExitStack() as cleanup:
        try:
            _make_data_dir(data_dir, account)
            cleanup.enter_context(hold(data_dir))
        except OSError as error:
            raise CannotStart(f"the data directory {data_dir} cannot be used: {error.strerror}") from None
        run_dir = _run_dir(data_dir, account)
        cleanup.callback(shutil.rmtree, run_dir, ignore_errors=True)
        cleanup.callback((data_dir / "stack.json").unlink, missing_ok=True)
        log_dir = data_dir / "log"
        log_dir.mkdir(mode=0o750, exist_ok=True)
        LogRotation(log_dir)()
        stack = Stack(data_dir, run_dir, log_dir, account)
        stack.env.update(_secret_keys(data_dir))
        if os.environ.get("DATABASE_URL"):
            stack.env["DATABASE_URL"] = os.environ["DATABASE_URL"]
        else:
            stack.postgres = Postgres(data_dir, run_dir, log_dir, account)
            cleanup.callback(stack.postgres.child.stop)
            stack.postgres.start()
            stack.env["DATABASE_URL"] = stack.postgres.url
        if os.environ.get("REDIS_URL"):
            stack.env["REDIS_URL"] = os.environ["REDIS_URL"]
        elif with_redis:
            stack.redis = Redis(run_dir, log_dir, account)
            cleanup.callback(stack.redis.child.stop)
            stack.redis.start()
            stack.env["REDIS_URL"] = stack.redis.url
        yield stack


def running_stack(data_dir: Path) -> dict[str, str] | None:
    """Return the environment of the stack that runs on the data directory, or None."""
    try:
        published = (data_dir / "stack.json").read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError:
        raise CannotStart(f"the stack on {data_dir} belongs to another user") from None
    try:
        with hold(data_dir):
            return None  # left behind by a stack that was killed
    except CannotStart:
        return msgspec.json.decode(published, type=dict[str, str])


def _make_data_dir(data_dir: Path, account: Account) -> None:
    """Make the directory for the servers' account only. An existing directory keeps its owner and mode.

    Raises CannotStart if another user could replace what is in it: keys, logs, the sockets' directory.
    """
    if not data_dir.exists():
        data_dir.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700)
        account.own(data_dir)
        return
    about, ours = data_dir.stat(), {0, os.geteuid(), *(account.ids or ())[:1]}
    if about.st_uid not in ours or about.st_mode & stat.S_IWOTH:
        raise CannotStart(
            f"other users may write to {data_dir}: choose a directory that belongs to you alone"
        )


def _run_dir(data_dir: Path, account: Account) -> Path:
    path = data_dir / "run"
    if len(str(path)) > _LONGEST_RUN_DIR:
        # mkdtemp uses mode 0700, so other users cannot replace the directory.
        path = Path(tempfile.mkdtemp(prefix="corrigenda-"))
        account.own(path)
        return account.own_directory(path)
    if path.exists():
        shutil.rmtree(path)  # left behind by a stack that was killed
    return account.own_directory(path)


def keep_secret_key(data_dir: Path, secret_key: str) -> None:
    """Store the key of a restored instance in its data directory. Raises CannotStart if another is there."""
    _make_data_dir(data_dir, server_account())
    if stored_keys(data_dir, secret_key).current != secret_key:
        raise CannotStart(f"{data_dir} has another secret key: restore into a new directory")


def _secret_keys(data_dir: Path) -> dict[str, str]:
    """Return the settings of the secret keys: from the environment, else from the data directory."""
    if os.environ.get("SECRET_KEY"):
        return {"SECRET_KEY": os.environ["SECRET_KEY"]}
    keys = stored_keys(data_dir)
    fallbacks = {"SECRET_KEY_FALLBACKS": " ".join(keys.fallbacks)} if keys.fallbacks else {}
    return {"SECRET_KEY": keys.current} | fallbacks
