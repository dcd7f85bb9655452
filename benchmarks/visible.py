"""Time from a report to its case over the API: idle, under load, after a burst. `make bench-visible`.

A whole stack runs (`corrigenda run`). Readers report words of many kinds, without a correction, so that the
speller works for each case. `REPORTS=` sets the reports of the idle part, `SECONDS=` the time of
the loaded part, `BURST=` the reports of the burst, a hundred per page; 0 leaves a part out. The burst comes
twice: for the stack as it is, and with a second `corrigenda worker --queues work`, so that both cores place
it.
"""

import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import text

from benchmarks import servers
from benchmarks.figures import Figures
from benchmarks.load import steady
from benchmarks.slips import slips
from tests.support.running import Running, call

REPORTS = int(os.environ.get("REPORTS") or 100)
SECONDS = int(os.environ.get("SECONDS") or 60)
BURST = int(os.environ.get("BURST") or 50_000)
PER_PAGE = 100
RATE = 100
# A look takes the web process up to twenty milliseconds. It must not be the load.
IDLE_PAUSE, LOADED_PAUSE = 0.01, 0.1
_WAITING = "SELECT count(*) FROM outbox_message WHERE done_at IS NULL"
_STORE = """
    WITH stored AS (
        INSERT INTO report (id, site_id, url, exact, prefix, suffix, reader_hash)
        SELECT gen_random_uuid(), :site, 'https://visible.example/' || :name || '/' || n / :per_page,
            (CAST(:slips AS text[]))[1 + (n / :per_page * 10 + n % 10) % :slip_count],
            'О новых сроках номер ' || n % 10 || ' ', ' на встрече с жителями',
            decode(md5(n::text), 'hex')
        FROM generate_series(0, :count - 1) n RETURNING id, site_id
    )
    INSERT INTO outbox_message (topic, subject_id, site_id) SELECT 'report.received', id, site_id FROM stored
"""
_SLIPS = slips(10_000)


def _report(name: str, slip: str) -> dict[str, Any]:
    return {"url": f"https://visible.example/{name}", "quote": {"exact": slip, "prefix": "Номер "}}


class Site:
    """A site of the running stack, with a reader's and an editor's view of it."""

    def __init__(self, running: Running) -> None:
        made = running.cli("site", "add", "Visible", "--origin", "https://visible.example", "--json")
        owner = ("--editor", "owner@corrigenda.example", "--name", "bench")
        token = running.cli("token", "add", *owner, "--json")["token"]
        self.id, self.url = made["id"], running.url
        self.reader = {"X-Site-Key": made["site_key"]}
        self._editor = {"Authorization": f"Bearer {token}"}
        self._slips = cycle(_SLIPS)

    def seconds_until_visible(self, name: str, pause: float = IDLE_PAUSE) -> float:
        """Report a new page, and ask for its case until it is there, with pauses of so many seconds."""
        page = f"https://visible.example/{name}"
        status, _ = call(f"{self.url}/api/v1/reports", _report(name, next(self._slips)), self.reader)
        if status != 202:
            raise RuntimeError(f"the report was refused: {status}")
        accepted = time.perf_counter()
        while time.perf_counter() - accepted < 60:
            _, found = call(f"{self.url}/api/v1/cases?site={self.id}&url={page}", headers=self._editor)
            if found["items"]:
                return time.perf_counter() - accepted
            threading.Event().wait(pause)
        raise RuntimeError("no case after 60 s")


def main() -> None:
    """Measure the parts one after the other."""
    figures = Figures("visible", ("celery", "granian", "sqlalchemy"))
    with _stack() as running:
        site = Site(running)
        site.seconds_until_visible("warm")
        if REPORTS:
            idle = [site.seconds_until_visible(f"idle/{number}") for number in range(REPORTS)]
            _add(figures, "idle", idle, {50: "<=0.1", 95: "<=0.3"})
        if SECONDS:
            _add(figures, f"at_{RATE}_per_second", _loaded(site), {50: None, 95: "<=1"})
        if BURST:
            figures.add(f"burst_of_{BURST}_in_cases_seconds_one_process", _burst(running, site, "one"))
            with servers.worker({"CORRIGENDA_DATA_DIR": str(running.data_dir)}):
                seconds = _burst(running, site, "two")
            figures.add(f"burst_of_{BURST}_in_cases_seconds", seconds, f"<={120 * BURST / 50_000:g}")
    figures.write()


@contextmanager
def _stack() -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix="corrigenda-visible-") as directory:
        Path(directory).chmod(0o755)
        running = Running(
            Path(directory) / "data", "--no-demo", CORRIGENDA_READER_LIMIT="", CORRIGENDA_SITE_LIMIT=""
        ).await_ready()
        try:
            yield running
        finally:
            running.stop()


def _loaded(site: Site) -> list[float]:
    """Look at single reports while others arrive at a steady rate."""
    headers = {**site.reader, "Content-Type": "application/json"}
    bodies = [json.dumps(_report("load/%d", slip)) for slip in _SLIPS]
    seen: list[float] = []
    with ThreadPoolExecutor(1) as threads:
        load = threads.submit(
            steady, f"{site.url}/api/v1/reports", bodies=bodies, headers=headers, rate=RATE, seconds=SECONDS
        )
        while not load.done():
            seen.append(site.seconds_until_visible(f"loaded/{len(seen)}", LOADED_PAUSE))
    if load.result().refused:
        raise RuntimeError("reports were refused")
    return seen


def _burst(running: Running, site: Site, name: str) -> float:
    """Store many reports at once, as intake does, and wait until all are in cases."""
    with running.session() as session:
        values = {"site": site.id, "per_page": PER_PAGE, "count": BURST, "name": name}
        values |= {"slips": _SLIPS, "slip_count": len(_SLIPS)}
        session.execute(text(_STORE), values)
        session.commit()
        began = time.perf_counter()
        while session.scalar(text(_WAITING)):
            session.rollback()
            threading.Event().wait(0.2)
        return time.perf_counter() - began


def _add(figures: Figures, name: str, seconds: list[float], targets: dict[int, str | None]) -> None:
    percentiles = quantiles(seconds, n=100, method="inclusive")
    for percent, target in targets.items():
        figures.add(f"visible_seconds_{name}_p{percent}", percentiles[percent - 1], target)


if __name__ == "__main__":
    main()
