"""Faults of an instance. Each injects one fault, holds it for some seconds, and takes it back."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from redis import Redis

from tests.support.running import COMMAND, Running, eventually

Fault = Callable[["Scene"], None]
HOLD = 6.0
SHORT_HOLD = 3.0
"""Seconds that a web process is frozen: a connection to it waits for as long."""
BALLAST = "ballast"
CLOCK, CLOCK_LIBRARY = "clock", "clock.so"
"""The seconds by which the clock is wrong, and the library that makes processes believe it (clock.c)."""
DAYS = 2 * 86400


@dataclass(slots=True)
class Scene:
    """The instance, and what a fault needs of it."""

    running: Running
    env: dict[str, str]

    def tree(self, name: str) -> list[psutil.Process]:
        """Return the processes of one part, the parent last. A part that restarts is waited for."""
        pid = eventually(lambda: self.running.children().get(name), 60)
        parent = psutil.Process(pid)
        return [*parent.children(recursive=True), parent]


def hold(seconds: float = HOLD) -> None:
    """Let the fault last."""
    threading.Event().wait(seconds)


def killed(name: str) -> Fault:
    """Kill a part."""

    def inject(scene: Scene) -> None:
        for process in reversed(scene.tree(name)):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        hold()

    return inject


def frozen(name: str, seconds: float = HOLD) -> Fault:
    """Stop a part, and let it go on after some seconds."""

    def inject(scene: Scene) -> None:
        processes = scene.tree(name)
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)
            hold(seconds if number == signal.SIGSTOP else 0)

    return inject


def redis_full(scene: Scene) -> None:
    """Let Redis refuse every write."""
    client = Redis.from_url(scene.env["REDIS_URL"])
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", 1)
    hold()
    client.config_set("maxmemory", 0)


def disk_full(scene: Scene) -> None:
    """Fill the file system of the database (a small tmpfs, see inject.py)."""
    ballast = scene.running.data_dir / BALLAST
    with suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"x" * 65536)
    hold()
    ballast.unlink()


def connections_cut(scene: Scene) -> None:
    """Cut every connection to the database, also in the middle of transactions."""
    with psycopg.connect(scene.running.database_url, autocommit=True) as connection:
        for _ in range(20):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            hold(HOLD / 20)


def deadlocks(scene: Scene) -> None:
    """Lock cases and pages in random order, so that others meet deadlocks and broken transactions."""
    picked, ends = random.Random(1), time.monotonic() + HOLD
    with psycopg.connect(scene.running.database_url) as connection:
        connection.execute("SET deadlock_timeout = '10s'")  # the others are the victims
        connection.commit()
        while time.monotonic() < ends:
            tables = ['"case"', "page", "selection", "outbox_message"]
            picked.shuffle(tables)
            with suppress(psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
                connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                for table in tables:
                    connection.execute(f"SELECT 1 FROM {table} ORDER BY random() LIMIT 20 FOR UPDATE")
                    hold(0.2)
            connection.rollback()


def second_scheduler(scene: Scene) -> None:
    """Run a second scheduler."""
    process = subprocess.Popen([*COMMAND, "scheduler"], env={**os.environ, **scene.env}, stdout=-3, stderr=-3)
    hold()
    process.terminate()
    process.wait(20)


def clock_jumps(scene: Scene) -> None:
    """Let the clock of web, worker and scheduler jump by days, forward and back."""
    for seconds in (DAYS, -DAYS, 0):
        set_clock(scene.running.data_dir, seconds)
        hold()


def set_clock(data_dir: Path, seconds: int) -> None:
    """Set by how much the clock is wrong. The processes have the file in memory."""
    path = data_dir.parent / CLOCK
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(seconds.to_bytes(8, sys.byteorder, signed=True))


def make_clock(data_dir: Path) -> str:
    """Compile the library that lets the clock jump, and return its path. Empty without a compiler."""
    compiler, library = shutil.which("cc"), data_dir.parent / CLOCK_LIBRARY
    if compiler is None:
        return ""
    source = Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
    set_clock(data_dir, 0)
    return str(library)


def hostile_pages(scene: Scene) -> None:
    """Let the worker read pages that hang, redirect in circles, and grow when unpacked."""
    with psycopg.connect(scene.running.database_url, autocommit=True) as connection:
        connection.execute("UPDATE page SET check_at = now()")
    hold(2 * HOLD)


FAULTS: dict[str, Fault] = {
    "worker_killed": killed("worker"),
    "worker_frozen": frozen("worker"),
    "fetcher_killed": killed("fetcher"),
    "scheduler_killed": killed("scheduler"),
    "scheduler_frozen": frozen("scheduler"),
    "second_scheduler": second_scheduler,
    "web_killed": killed("web"),
    "web_frozen": frozen("web", SHORT_HOLD),
    "redis_killed": killed("redis"),
    "redis_frozen": frozen("redis"),
    "redis_full": redis_full,
    "postgres_killed": killed("postgres"),
    "postgres_frozen": frozen("postgres", 2 * HOLD),
    "disk_full": disk_full,
    "connections_cut": connections_cut,
    "deadlocks": deadlocks,
    "clock_jumps": clock_jumps,
    "hostile_pages": hostile_pages,
}


def is_possible(name: str) -> str:
    """Return why the fault cannot be injected here, or an empty string."""
    if name == "disk_full" and os.geteuid() != 0:
        return "it mounts a small tmpfs: run as root"
    if name == "clock_jumps" and shutil.which("cc") is None:
        return "it compiles a small library: install a C compiler"
    return ""


def mount_small(directory: Path, megabytes: int) -> None:
    """Mount a small tmpfs. Only root can."""
    mount = shutil.which("mount") or "mount"
    options = f"size={megabytes}m,mode=755"
    subprocess.run([mount, "-t", "tmpfs", "-o", options, "corrigenda-faults", str(directory)], check=True)


def unmount(directory: Path) -> None:
    """Unmount it, also while files are open."""
    subprocess.run([shutil.which("umount") or "umount", "-l", str(directory)], check=True)
