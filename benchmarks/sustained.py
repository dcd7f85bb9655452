"""Intake for minutes at 70 % of what the machine carries, then the desk on a million reports beside intake.

The machine carries the rate at which accepting and placing use up all cores: `make bench-sustained`.
`SECONDS=` sets the time of the first part, `SIZE=` the cases of the desk, five reports each.
"""

import os
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote
from urllib.request import Request, urlopen

from sqlalchemy import Engine, text

from benchmarks import servers
from benchmarks.desk.filled import Desk, env_of, fill
from benchmarks.figures import Figures
from benchmarks.intake import JSON
from benchmarks.load import latencies, saturate
from moderation.standalone.stack import open_stack

PORT = 8197
SECONDS = int(os.environ.get("SECONDS") or 600)
SIZE = int(os.environ.get("SIZE") or 200_000)
BODY = (
    '{"url": "https://news.example/city/%d", "correction": "рассказал", '
    '"quote": {"exact": "расказал", "prefix": "О новых сроках ", "suffix": " на встрече с жителями"}}'
)
"""Each on a page of its own: the most that a report can cost triage, beside hostile ones."""
_PARTS = 10
_FULL_SECONDS = 10
_WEB, _WORKER = f"--port {PORT}", "worker.start"
_WAITING = text("SELECT count(*) FROM outbox_message WHERE done_at IS NULL")
_OLDEST = text(
    "SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float FROM outbox_message "
    "WHERE done_at IS NULL"
)
_SITE_KEY = text("SELECT site_key FROM site")


@dataclass(slots=True)
class Watch:
    """Samples memory and the age of the oldest report that waits, once per second until `over`."""

    engine: Engine
    web: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    oldest: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sample."""
        while not self.over.wait(1.0):
            self.web.append(servers.megabytes(_WEB))
            self.worker.append(servers.megabytes(_WORKER))
            with self.engine.connect() as connection:
                self.oldest.append(connection.execute(_OLDEST).scalar_one())


def main() -> None:
    """Measure, and print the figures with their targets."""
    figures = Figures("sustained", ("flask", "granian", "celery", "psycopg", "sqlalchemy"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            desk = fill(stack.env, SIZE)
            with desk.engine.connect() as connection:
                headers = {**JSON, "X-Site-Key": connection.execute(_SITE_KEY).scalar_one()}
            env = env_of(stack.env, SIZE)
            with servers.ours(env, PORT) as url, servers.worker(env):
                accepted, carried = _limits(figures, desk.engine, url, headers)
                _sustain(figures, desk.engine, url, headers, int(0.7 * carried))
                _beside(figures, desk, url, headers, int(0.5 * accepted))
    figures.write()


def _limits(figures: Figures, engine: Engine, url: str, headers: dict[str, str]) -> tuple[float, float]:
    """Return the reports per second that are accepted at most, and those that are accepted and placed."""
    cores = os.cpu_count() or 1
    accepted = saturate(url, body=BODY, headers=headers, seconds=_FULL_SECONDS).per_second
    began, (backlog, left) = time.perf_counter(), (_waiting(engine),) * 2
    while left and time.perf_counter() - began < 600:
        time.sleep(0.2)
        left = _waiting(engine)
    placed = max(1.0, backlog / (time.perf_counter() - began))
    carried = cores / (cores / accepted + 1 / placed)
    figures.add("accepted_per_second", accepted)
    figures.add("placed_per_second", placed)
    figures.add("carried_per_second", carried)
    return accepted, carried


def _waiting(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(_WAITING).scalar_one())


def _sustain(figures: Figures, engine: Engine, url: str, headers: dict[str, str], rate: int) -> None:
    """Send at a steady rate in ten parts, and compare the first three with the last three."""
    watch = Watch(engine)
    watching = threading.Thread(target=watch.run)
    watching.start()
    parts = [
        latencies(url, body=BODY.__mod__, headers=headers, rate=rate, seconds=max(1, SECONDS // _PARTS))
        for _ in range(_PARTS)
    ]
    watch.over.set()
    watching.join()
    figures.add("sustained_per_second", rate)
    figures.add("sustained_minutes", SECONDS / 60)
    for percent in (50, 99):
        first, last = (median(part[percent - 1] for part in some) for some in (parts[:3], parts[-3:]))
        figures.add(f"latency_ms_p{percent}_at_the_end", last)
        figures.add(f"latency_p{percent}_end_over_beginning", last / first, "<=1.3")
    figures.add("web_memory_growth_mb", _growth(watch.web), "<=20")
    figures.add("worker_memory_growth_mb", _growth(watch.worker), "<=20")
    figures.add("oldest_waiting_seconds_p95", quantiles(watch.oldest, n=100)[94])
    figures.add("oldest_waiting_growth_seconds", _growth(watch.oldest), "<=1")


def _growth(samples: Sequence[float]) -> float:
    """The last tenth over the second tenth: in the first the processes fill their caches."""
    tenth = max(1, len(samples) // _PARTS)
    return median(samples[-tenth:]) - median(samples[tenth : 2 * tenth] or samples)


def _beside(figures: Figures, desk: Desk, url: str, headers: dict[str, str], rate: int) -> None:
    """Open pages of the desk while reports come in."""
    seconds = min(60, max(10, SECONDS // _PARTS))
    options = {"body": BODY.__mod__, "headers": headers, "rate": rate, "seconds": seconds}
    load = threading.Thread(target=latencies, args=(url,), kwargs=options)
    load.start()
    cookie = desk.client.get_cookie("corrigenda_session")
    assert cookie is not None
    signed_in = {"Cookie": f"{cookie.key}={cookie.value}"}
    paths = [
        f"http://127.0.0.1:{PORT}{quote(path, safe='/?=&:')}"
        for name, path in desk.paths().items()
        if name in ("queue", "search", "case", "pane")
    ]
    taken: list[float] = []
    while load.is_alive():
        for path in paths:
            began = time.perf_counter()
            with urlopen(Request(path, headers=signed_in)) as answer:
                assert "/sign-in" not in answer.url
                answer.read()
            taken.append((time.perf_counter() - began) * 1000)
    load.join()
    figures.add("reports_per_second_beside_the_desk", rate)
    figures.add("desk_ms_beside_intake_p50", median(taken))
    figures.add("desk_ms_beside_intake_p95", quantiles(taken, n=100)[94], "<=300")


if __name__ == "__main__":
    main()
