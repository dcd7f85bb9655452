"""The desk and the refusals while readers send far more reports than one machine takes. Loopback only.

First wrk measures how many reports a second are accepted. Then 1,500 readers send five times as many, with no
limits per reader and site. Meanwhile other clients send reports and list cases. At the end every accepted
report must be placed.
"""

import os
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Engine, text

from benchmarks import servers
from benchmarks.figures import Figures
from benchmarks.intake import JSON, REPORT, make_site
from benchmarks.load import saturate
from moderation.database import make_engine, make_sessions
from moderation.services.accounts.editors import add_editor
from moderation.services.accounts.tokens import add_token
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

PORT = 8196
SECONDS = int(os.environ.get("SECONDS") or 120)
READERS = 1_500
FACTOR = 5
_WARM_SECONDS = 8
PASSWORD = "a password for the bench"
BODY = (REPORT % 1).replace("%", "%%")


@dataclass(slots=True)
class Sampler:
    """Sends the same request again and again, and stores the times of answers in milliseconds by status."""

    request: Any
    times: dict[int, list[float]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sample until `over`."""
        while not self.over.wait(0.05):
            start = time.perf_counter()
            try:
                with urllib.request.urlopen(self.request(), timeout=30) as answer:
                    answer.read()
                    status = answer.status
            except urllib.error.HTTPError as error:
                status = error.code
            except OSError:
                status = 0
            self.times.setdefault(status, []).append((time.perf_counter() - start) * 1000)


def main() -> None:
    """Measure, and print the figures with their targets."""
    figures = Figures("overload", ("flask", "granian", "psycopg", "sqlalchemy"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            headers = {**JSON, "X-Site-Key": make_site(stack.env)}
            engine = make_engine(Settings.from_env(stack.env))
            with make_sessions(engine)() as session:
                owner = add_editor(session, "bench@news.example", PASSWORD, role=None, site=None)
                token = add_token(session, owner, "bench")
            with servers.ours(stack.env, PORT) as url, servers.worker(stack.env):
                _measure(figures, url, headers, token)
                _await_placed(figures, engine)
            engine.dispose()
    figures.write()


def _measure(figures: Figures, url: str, headers: dict[str, str], token: str) -> None:
    report = Sampler(lambda: urllib.request.Request(url, BODY.encode(), headers, method="POST"))
    cases, bearer = f"http://127.0.0.1:{PORT}/api/v1/cases?limit=30", {"Authorization": f"Bearer {token}"}
    desk = Sampler(lambda: urllib.request.Request(cases, headers=bearer))
    fits = saturate(url, bodies=[BODY], headers=headers, seconds=_WARM_SECONDS).per_second
    figures.add("accepted_per_second_without_overload", fits)
    before = servers.megabytes(f"--port {PORT}")
    threads = [threading.Thread(target=sampler.run) for sampler in (report, desk)]
    for thread in threads:
        thread.start()
    load = saturate(
        url, bodies=[BODY], headers=headers, seconds=SECONDS, connections=READERS,
        pause_ms=round(1000 * READERS / (FACTOR * fits)),
    )  # fmt: skip
    after = servers.megabytes(f"--port {PORT}")
    for sampler in (report, desk):
        sampler.over.set()
    for thread in threads:
        thread.join()
    figures.add("answers_per_second", load.per_second)
    figures.add("asked_over_accepted_without_overload", load.per_second / fits)
    figures.add("refused_share", load.refused / max(1.0, load.per_second * SECONDS))
    shed = report.times.get(503, []) + report.times.get(429, [])
    figures.add("refusal_ms_p95", _p95(shed), "<=50")
    figures.add("other_answers_to_reports", sum(map(len, report.times.values())) - len(shed) - len(
        report.times.get(202, [])), "<=0")  # fmt: skip
    figures.add("desk_ms_p95", _p95([each for times in desk.times.values() for each in times]), "<=1000")
    figures.add("desk_requests_refused", sum(map(len, desk.times.values())) - len(desk.times[200]), "<=0")
    figures.add("web_memory_growth_mb", after - before, "<=200")


def _p95(times: list[float]) -> float:
    return quantiles(times, n=100)[94] if len(times) > 1 else 0.0


def _await_placed(figures: Figures, engine: Engine) -> None:
    start = time.perf_counter()
    counts = text("SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM placement)")
    while True:
        with engine.connect() as connection:
            reports, placed = connection.execute(counts).one()
        if reports == placed or time.perf_counter() - start > 1800:
            break
        time.sleep(1)
    figures.add("accepted", reports)
    figures.add("accepted_and_not_placed", reports - placed, "<=0")
    figures.add("seconds_until_all_are_placed", time.perf_counter() - start)


if __name__ == "__main__":
    main()
