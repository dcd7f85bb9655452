"""How many machines and disks a number of sites and of reports per second needs: `make growth-model`.

It multiplies figures that benchmarks measured on one machine with two cores, and knows nothing else: no
network between machines, no other hardware. Treat the answer as an order of magnitude. The figures are those
of RESULTS.md. `make results` writes that page, and then the answer for the load of docs/scaling.md into it.
"""

import argparse
import math
import re
from dataclasses import asdict, dataclass

from benchmarks.figures import RESULTS

WEB_CONNECTIONS = 30
"""Most database connections of one web process: database.py's pool with its overflow."""
WORKER_CONNECTIONS = 13
WEB_MEGABYTES, WORKER_MEGABYTES = 130, 200
CORES = 2
"""Cores of the machine that measured."""
BUSY = 0.7
"""Share of a core that is planned for: the rest is for peaks, and for a machine that is away."""


PAGE = RESULTS.parent / "RESULTS.md"
DOCUMENT = RESULTS.parents[1] / "docs" / "scaling.md"
_BLOCK = re.compile(r"^```\nmeasured: .*?^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one report takes. CPU time in milliseconds."""

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
    """Return the figures of RESULTS.md."""
    return Measured(
        web_ms=CORES * 1000 / figure("intake", "ours_per_second"),
        triage_ms=1000 / figure("triage", "reports_per_second"),
        triage_postgres_ms=figure("sizes", "triage_postgres_cpu_ms"),
        intake_postgres_ms=figure("sizes", "intake_postgres_cpu_ms"),
        wal_bytes=figure("sizes", "intake_wal_bytes") + figure("sizes", "triage_wal_bytes"),
        gigabytes_per_million=figure("sizes", "all_GB_per_million"),
        fetch_ms=figure("fetch", "cpu_ms_per_page"),
    )


def figure(benchmark: str, name: str) -> float:
    """Return a figure of RESULTS.md. Raises LookupError."""
    section = PAGE.read_text("utf-8").partition(f"\n## {benchmark}\n")[2].partition("\n## ")[0]
    row = re.search(rf"^\| `{name}`[^|]*\| ([\d.e+]+) \|", section, re.MULTILINE)
    if row is None:
        raise LookupError(f"{PAGE.name} has no figure {name} of {benchmark}: run it, then `make results`")
    return float(row[1])


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


LOAD = Load(10_000, 50_000.0, 0.1, 50.0, 5.0, 30, 32, 8.0, 2)
"""The load of docs/scaling.md."""


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


def lines(load: Load) -> str:
    """Return what was measured and what the load needs, a line each."""
    one = measured()
    rows = [(f"measured: {name}", value) for name, value in asdict(one).items()] + [*plan(one, load).items()]
    return "".join(
        f"{name:<45} {value:>12,.0f}\n" if value >= 100 else f"{name:<45} {value:>12.3g}\n"
        for name, value in rows
    )


def with_plan(document: str) -> str:
    """Return docs/scaling.md with the answer of today's figures in its block."""
    return _BLOCK.sub(lambda _: f"```\n{lines(LOAD)}```\n", document, count=1)


def main() -> None:
    """Print the plan for the load that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, value in asdict(LOAD).items():
        options.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    load = Load(**vars(options.parse_args()))
    print(f"for {load}\n{lines(load)}", end="")


if __name__ == "__main__":
    main()
