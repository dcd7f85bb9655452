"""The desk on 200,000 cases and 1,000,000 reports, beside the same desk on 1,000 cases.

Server time is the time of the whole request in this process: session, queries, page of 30 rows. Requests go
to both databases in turn, so that a busy machine slows both. EXPLAIN checks every statement on the large
database: no large table may have a sequential scan. Chromium measures the time from a key press to the next
case.
"""

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.desk.filled import Desk, env_of, fill
from benchmarks.desk.keys import press_keys
from benchmarks.desk.plans import check_plans
from benchmarks.figures import Figures
from benchmarks.servers import ours
from moderation.standalone.stack import open_stack
from tests.support.running import free_port

SMALL, BIG = 1_000, int(os.environ.get("SIZE") or "200000")
"""Cases of the two databases. `make bench-desk SIZE=20000` is quicker, and its figures say less."""
TIMES = 40


def main() -> None:
    """Fill two databases, measure both in turn, then press keys."""
    figures = Figures("desk", ("flask", "sqlalchemy", "psycopg"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            desks = {cases: fill(stack.env, cases) for cases in (SMALL, BIG)}
            _server_time(figures, desks)
            check_plans(figures, desks[BIG])
            with ours(env_of(stack.env, BIG), free_port()) as reports:
                press_keys(figures, reports.partition("/api/")[0], desks[BIG].site)
    figures.write()


def _server_time(figures: Figures, desks: dict[int, Desk]) -> None:
    medians: dict[str, float] = {}
    for name in desks[BIG].paths():
        taken: dict[int, list[float]] = {SMALL: [], BIG: []}
        for _ in range(TIMES):
            for cases, desk in desks.items():
                began = time.perf_counter()
                answer = desk.client.get(desk.paths()[name])
                taken[cases].append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, answer.status
        small, big = median(taken[SMALL]), median(taken[BIG])
        medians[name] = big
        print(f"  {name}: {small:.1f} ms with {SMALL} cases, {big:.1f} ms with {BIG}", flush=True)
        figures.add(f"{name}_ms", big, "<=60")
        # A common word is in more cases of a larger database, so only its time is compared.
        is_common = name in ("search_common", "pane", "pair")  # so is the pair that all cases have
        figures.add(f"{name}_ratio", big / small, None if is_common else "<=1.5")
    figures.add("list_and_pane_ms", medians["queue"] + medians["pane"], "<=60")


if __name__ == "__main__":
    main()
