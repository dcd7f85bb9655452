"""Time and bytes of a report as an instance grows, along five axes. `make bench-growth`.

| axis | from | to |
| --- | --- | --- |
| reports | 1,000 | 1,000,000 (`SIZE=10000000`: ten million) |
| reports of one case | 1 | 10,000 |
| selections of one page | 1 | 1,000 |
| sites | 1 | 1,000 |
| pages that are due | 1 | 100,000 |

The program's own functions are timed: intake's insert, triage of a batch, the queue's first page, the
relay's claim and the recheck's claim. Sizes take turns, so that a busy machine slows all of them. Each path
prints its time at each size and the ratio of the largest to the smallest; the target is 1.3. `QUICK=1` takes
small sizes; `AXES="sites due"` takes some of the axes (reports, case, page, sites, due) and writes no file.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.growth import crowded, databases, due_pages, reports, sites
from moderation.standalone.stack import open_stack

QUICK = bool(os.environ.get("QUICK"))
SIZE = int(os.environ.get("SIZE") or (10_000 if QUICK else 1_000_000))

AXES: dict[str, Callable[[Figures, dict[str, str]], None]] = {
    "reports": lambda figures, env: reports.measure(figures, env, SIZE),
    "case": lambda figures, env: crowded.measure_case(figures, env, 100 if QUICK else 10_000),
    "page": lambda figures, env: crowded.measure_page(figures, env, 100 if QUICK else 1_000),
    "sites": lambda figures, env: sites.measure(figures, env, 10 if QUICK else 1_000),
    "due": lambda figures, env: due_pages.measure(figures, env, 1_000 if QUICK else 100_000),
}


def main() -> None:
    """Fill databases of growing sizes, and measure along each axis, or along those that AXES names."""
    figures = Figures("growth", ("sqlalchemy", "psycopg"))
    chosen = os.environ.get("AXES", "").split() or list(AXES)
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            databases.prepare(stack.env)
            for axis in chosen:
                began = time.monotonic()
                AXES[axis](figures, stack.env)
                print(f"  {axis}: {time.monotonic() - began:.0f} s", flush=True)
    if chosen == list(AXES):
        figures.write()


if __name__ == "__main__":
    main()
