"""Intake for minutes at 70 % of what the machine carries, then the desk on a million reports beside intake.

The machine carries the highest steady rate after which no report has waited for more than a second. A model
of two separate rates would promise more: at a steady rate fewer reports share a commit and a batch than in a
burst. `make bench-sustained`: `SECONDS=` sets the time of the first part, `SIZE=` the cases of the desk, five
reports each.
"""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote
from urllib.request import Request, urlopen

from sqlalchemy import Engine, text

from benchmarks import servers
from benchmarks.desk.filled import Desk, env_of, fill
from benchmarks.figures import Figures
from benchmarks.intake import JSON
from benchmarks.load import saturate, steady
from benchmarks.slips import slips
from moderation.standalone.stack import open_stack

PORT = 8197
SECONDS = int(os.environ.get("SECONDS") or 600)
SIZE = int(os.environ.get("SIZE") or 200_000)
BODIES = [
    f'{{"url": "https://news.example/city/%d", "correction": "рассказал", '
    f'"quote": {{"exact": "{slip}", "prefix": "О новых сроках ", "suffix": " на встрече с жителями"}}}}'
    for slip in slips(10_000)
]
"""Each names another word on a page of its own: the most that a report can cost, beside hostile ones."""
_PARTS = 10
_LOOPS = 50
_FULL_SECONDS = 10
_TRIALS = 5
_TRIAL_SECONDS = 20
_CARRIED_SECONDS = 1.0
_WARM, _ALONE = 10, 40
"""Rounds of the desk's pages before the load: unmeasured, measured."""
_WEB, _WORKER = f"--port {PORT}", "worker.start"
_WAITING = text("SELECT count(*) FROM outbox_message WHERE done_at IS NULL")
_OLDEST = text(
    "SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float FROM outbox_message "
    "WHERE done_at IS NULL"
)
_SITE_KEY = text("SELECT site_key FROM site")


@dataclass(slots=True)
class Watch:
    """Samples memory, the age of the oldest report that waits, and the machine, once per second until `over`.

    A virtual machine whose host is busy stands still for moments. The time of a fixed loop shows them.
    """

    engine: Engine
    web: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    oldest: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sample."""
        while not self.over.wait(1.0):
            self.web.append(servers.megabytes(_WEB))
            self.worker.append(servers.megabytes(_WORKER))
            self.oldest.append(_oldest(self.engine))
            self.loop.append(max(_loop() for _ in range(_LOOPS)))


def _loop() -> float:
    """Return the milliseconds of a fixed amount of work."""
    began = time.perf_counter()
    sum(range(20_000))
    return (time.perf_counter() - began) * 1000


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
    accepted = saturate(url, bodies=BODIES, headers=headers, seconds=_FULL_SECONDS).per_second
    backlog, began = _waiting(engine), time.perf_counter()
    _await_placed(engine)
    placed = backlog / (time.perf_counter() - began)
    low, high = 0.0, accepted / 2
    for _ in range(_TRIALS):
        trial = int((low + high) / 2)
        sent = steady(url, bodies=BODIES, headers=headers, rate=trial, seconds=_TRIAL_SECONDS)
        is_carried = not sent.refused and _oldest(engine) <= _CARRIED_SECONDS
        print(f"  {sent.per_second:.0f}/s is {'' if is_carried else 'not '}carried", flush=True)
        low, high = (sent.per_second, high) if is_carried else (low, sent.per_second)
        _await_placed(engine)
    figures.add("accepted_per_second", accepted)
    figures.add("placed_per_second", placed)
    figures.add("carried_per_second", low)
    return accepted, low


def _await_placed(engine: Engine) -> None:
    while _waiting(engine):
        time.sleep(0.2)


def _waiting(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(_WAITING).scalar_one())


def _oldest(engine: Engine) -> float:
    """Return the seconds that the oldest report has waited."""
    with engine.connect() as connection:
        return float(connection.execute(_OLDEST).scalar_one())


def _sustain(figures: Figures, engine: Engine, url: str, headers: dict[str, str], rate: int) -> None:
    """Send at a steady rate in ten parts, and compare the first three with the last three."""
    watch = Watch(engine)
    watching = threading.Thread(target=watch.run)
    watching.start()
    seconds = max(1, SECONDS // _PARTS)
    parts = [steady(url, bodies=BODIES, headers=headers, rate=rate, seconds=seconds) for _ in range(_PARTS)]
    watch.over.set()
    watching.join()
    figures.add("sustained_per_second", min(part.per_second for part in parts))
    figures.add("sustained_minutes", SECONDS / 60)
    figures.add("sustained_refused", sum(part.refused for part in parts), "<=0")
    for percent in (50, 99):
        first, last = (
            median(part.milliseconds[percent] for part in some) for some in (parts[:3], parts[-3:])
        )
        figures.add(f"latency_ms_p{percent}_at_the_end", last)
        figures.add(f"latency_p{percent}_end_over_beginning", last / first, "<=1.3")
    tenths = 3 * len(watch.loop) // _PARTS
    loops = [quantiles(some, n=10)[8] for some in (watch.loop[:tenths], watch.loop[-tenths:])]
    figures.add("machine_stalls_end_over_beginning", loops[1] / loops[0])
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
    send = partial(steady, url, bodies=BODIES, headers=headers, rate=rate)
    _await_placed(desk.engine)
    open_pages = _pages(desk)
    for _ in range(_WARM):
        open_pages()  # each process loads its templates once in its life
    alone = [taken for _ in range(_ALONE) for taken in open_pages()]
    beside: list[float] = []
    with ThreadPoolExecutor(1) as threads:
        load = threads.submit(send, seconds=min(60, max(10, SECONDS // _PARTS)))
        while not load.done():
            beside += open_pages()
    figures.add("reports_per_second_beside_the_desk", load.result().per_second)
    figures.add("desk_ms_alone_p95", quantiles(alone, n=100)[94])
    figures.add("desk_ms_beside_intake_p50", median(beside))
    figures.add("desk_ms_beside_intake_p95", quantiles(beside, n=100)[94], "<=300")


def _pages(desk: Desk) -> Callable[[], list[float]]:
    """Return a function that opens pages of the desk one after the other, and returns their milliseconds."""
    cookie = desk.client.get_cookie("corrigenda_session")
    assert cookie is not None
    paths = desk.paths()
    requests = [
        Request(
            f"http://127.0.0.1:{PORT}{quote(paths[name], safe='/?=&:')}",
            headers={"Cookie": f"{cookie.key}={cookie.value}"},
        )
        for name in ("queue", "search", "case", "pane")
    ]

    def open_pages() -> list[float]:
        taken = []
        for request in requests:
            began = time.perf_counter()
            with urlopen(request) as answer:
                assert "/sign-in" not in answer.url
                answer.read()
            taken.append((time.perf_counter() - began) * 1000)
        return taken

    return open_pages


if __name__ == "__main__":
    main()
