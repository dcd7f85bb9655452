"""The servers under load: ours, the plain handler, one that only answers, and Isso."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psutil

from moderation.settings import WEB_WORKERS
from moderation.web.threads import THREADS

COUNTED = {
    "CORRIGENDA_READER_LIMIT": "1000000000 per minute; 1000000000 per day",
    "CORRIGENDA_SITE_LIMIT": "1000000000 per minute",
}
"""As many windows as the default limits have: nobody fills one, but every report is counted."""
NO_LIMITS = dict.fromkeys(COUNTED, "")
PEERS = Path(__file__).resolve().parent.parent / ".venv-bench" / "bin"


@contextmanager
def server(command: list[str], env: dict[str, str], *, alive: str) -> Iterator[None]:
    """Run a server for the time of the block. `alive` is a URL that answers when the server is ready."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env={**os.environ, **env}, stdout=log, stderr=log)
        try:
            _await(alive, process)
            yield
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def ours(env: dict[str, str], port: int, limits: dict[str, str] = COUNTED) -> Iterator[str]:
    """Run `corrigenda web` with these limits."""
    env = {**env, "CORRIGENDA_PORT": str(port), **limits}
    with server(
        [sys.executable, "-m", "moderation.cli", "web"], env, alive=f"http://127.0.0.1:{port}/readyz"
    ):
        yield f"http://127.0.0.1:{port}/api/v1/reports"


@contextmanager
def worker(env: dict[str, str], queues: str = "work") -> Iterator[None]:
    """Run a worker of these queues. Without a name it places reports."""
    command = [sys.executable, "-m", "moderation.cli", "worker", "--queues", queues]
    process = subprocess.Popen(
        command, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.kill()  # what it has not done is of no interest any more
        process.wait(20)


def megabytes(mark: str) -> float:
    """Return the memory of the processes that have this mark in their command line."""
    processes = [each for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"]]
    marked = [each for each in processes if mark in " ".join(each.info["cmdline"])]
    return sum(each.memory_info().rss for each in marked) / 1e6


@contextmanager
def plain(env: dict[str, str], port: int) -> Iterator[str]:
    """Run the plain handler."""
    url = env["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    with _granian("benchmarks.peers.plain:create_app", {"PLAIN_DATABASE_URL": url}, port):
        yield f"http://127.0.0.1:{port}/reports"


@contextmanager
def bare(port: int) -> Iterator[str]:
    """Run an application that only answers."""
    with _granian("benchmarks.peers.bare:create_app", {}, port):
        yield f"http://127.0.0.1:{port}/reports"


def _granian(factory: str, env: dict[str, str], port: int) -> AbstractContextManager[None]:
    """Run an application in our web server with the same number of processes and threads."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--port", str(port),
        "--http", "1", "--no-ws", "--workers", str(WEB_WORKERS), "--blocking-threads", str(THREADS),
        factory,
    ]  # fmt: skip
    return server(command, env, alive=f"http://127.0.0.1:{port}/")


@contextmanager
def isso(port: int) -> Iterator[str]:
    """Run Isso with moderation and without its guard, under gunicorn with as many processes as ours."""
    with tempfile.TemporaryDirectory() as directory:
        config = Path(directory) / "isso.cfg"
        config.write_text(
            f"[general]\ndbpath = {directory}/comments.db\nhost = http://127.0.0.1:{port}/\n"
            "[moderation]\nenabled = true\n[guard]\nenabled = false\n[server]\nlisten = http://127.0.0.1:1/\n"
        )
        env = {"ISSO_SETTINGS": str(config)}
        # It makes its tables when it is imported, and fails where two processes do so at once.
        subprocess.run(
            [PEERS / "python", "-c", "import isso.run"], env=os.environ | env, check=True, capture_output=True
        )
        command = [str(PEERS / "gunicorn"), "-w", str(WEB_WORKERS), "-b", f"127.0.0.1:{port}", "isso.run"]
        with server(command, env, alive=f"http://127.0.0.1:{port}/info"):
            yield f"http://127.0.0.1:{port}/new?uri=/article"


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server for {url} ended with {process.returncode}") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer")
