"""How many machines and disks a number of sites and of reports per second needs: `make growth-model`.

It multiplies figures that benchmarks measured on one machine with two cores, and knows nothing else: no
network between machines, no other hardware. Treat the answer as an order of magnitude.
"""

import argparse
import json
import math
from dataclasses import dataclass

from benchmarks.figures import RESULTS

WEB_CONNECTIONS = 30
"""Most database connections of one web process: database.py's pool with its overflow."""
WORKER_CONNECTIONS = 13
WEB_MEGABYTES, WORKER_MEGABYTES = 130, 200
BUSY = 0.7
"""Share of a core that is planned for: the rest is for peaks, and for a machine that is away."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one report takes. CPU time in milliseconds; see docs/scaling.md for the sources."""

    web_ms: float
    """Web process and its share of PostgreSQL."""
    triage_ms: float
    triage_postgres_ms: float
    intake_postgres_ms: float
    wal_bytes: float
    gigabytes_per_million: float
    fetch_ms: float
    """Per page that is read."""


def measured() -> Measured:
    """Return the figures of this machine's last benchmarks, and for missing ones those of docs/scaling.md."""
    return Measured(
        web_ms=2 * 1000 / figure("intake", "ours_per_second", 2100),
        triage_ms=1000 / figure("triage", "reports_per_second", 600),
        triage_postgres_ms=figure("sizes", "triage_postgres_cpu_ms", 0.4),
        intake_postgres_ms=figure("sizes", "intake_postgres_cpu_ms", 0.05),
        wal_bytes=figure("sizes", "intake_wal_bytes", 1037) + figure("sizes", "triage_wal_bytes", 2954),
        gigabytes_per_million=figure("sizes", "all_GB_per_million", 1.88),
        fetch_ms=figure("fetch", "cpu_ms_per_page", 21.7),
    )


def figure(benchmark: str, name: str, otherwise: float) -> float:
    """Return a figure of benchmarks/results, or the one of the documents."""
    path = RESULTS / f"{benchmark}.json"
    rows = json.loads(path.read_text())["figures"] if path.exists() else []
    return next((float(row["value"]) for row in rows if row["name"] == name), otherwise)


@dataclass(frozen=True, slots=True)
class Load:
    """What the instance must carry."""

    sites: int
    reports_per_second: float
    """At the peak."""
    average: float
    """Average over a day, as a share of the peak."""
    reports_per_page: float
    rechecks_per_page: float
    days: int
    """How long reports are kept (`keep_days`)."""
    cores: int
    """Cores of a machine."""
    disk_terabytes: float
    """Disk of a database machine."""
    copies: int


def plan(one: Measured, load: Load) -> dict[str, float]:
    """Return what the load needs, by name, in the order in which it is printed."""
    peak = load.reports_per_second
    pages = peak * load.average / load.reports_per_page * (1 + load.rechecks_per_page)
    web = _cores(peak, one.web_ms - one.intake_postgres_ms)
    triage, fetch = _cores(peak, one.triage_ms), _cores(pages, one.fetch_ms)
    postgres = _cores(peak, one.intake_postgres_ms + one.triage_postgres_ms)
    disk = peak * load.average * 86400 * load.days * one.gigabytes_per_million / 1e9
    shards = max(math.ceil(postgres / load.cores), math.ceil(disk / (load.disk_terabytes * BUSY)), 1)
    return {
        "web: cores": web,
        "web: machines": math.ceil(web / load.cores),
        "web: GB of memory": web * WEB_MEGABYTES / 1000,
        "triage: cores": triage,
        "triage: machines": math.ceil(triage / load.cores),
        "triage: GB of memory": triage * WORKER_MEGABYTES / 1000,
        "pages read per second, on average": pages,
        "fetch: cores": fetch,
        "fetch: machines": math.ceil(fetch / load.cores),
        "database: cores": postgres,
        "database: WAL, MB per second at the peak": peak * one.wal_bytes / 1e6,
        "database: TB of data": disk,
        "database: connections without a pooler": web * WEB_CONNECTIONS
        + (triage + fetch) * WORKER_CONNECTIONS,
        "database: machines with the data": shards,
        "database: machines with the copies": shards * load.copies,
        "database: sites per machine": load.sites / shards,
    }


def _cores(per_second: float, milliseconds: float) -> int:
    return max(1, math.ceil(per_second * milliseconds / 1000 / BUSY))


def main() -> None:
    """Print the plan for the load that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sites", type=int, default=10_000)
    options.add_argument("--reports-per-second", type=float, default=50_000)
    options.add_argument("--average", type=float, default=0.1)
    options.add_argument("--reports-per-page", type=float, default=50)
    options.add_argument("--rechecks-per-page", type=float, default=5)
    options.add_argument("--days", type=int, default=30)
    options.add_argument("--cores", type=int, default=32)
    options.add_argument("--disk-terabytes", type=float, default=8)
    options.add_argument("--copies", type=int, default=2)
    load = Load(**vars(options.parse_args()))
    print(f"for {load}\nwith {measured()}")
    for name, value in plan(measured(), load).items():
        print(f"{name:<45} {value:>12,.0f}" if value >= 10 else f"{name:<45} {value:>12,.1f}")


if __name__ == "__main__":
    main()
