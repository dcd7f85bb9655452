"""The rates and sizes that docs/scaling.md quotes from RESULTS.md. `make results` writes them into it."""

import re

from benchmarks.growth_model import CORES, figure

_TABLES = ("case", "report", "outbox_message", "placement", "case_reader", "page", "selection", "suggestion")
_DESK_PAGES = ("queue", "filters", "section", "search", "case", "pane", "pair", "stats")


def with_figures(document: str) -> str:
    """Return docs/scaling.md with today's figures in its first table and its paragraph on disks."""
    for work, rate in _rates().items():
        document = re.sub(rf"^(\| {work} \|)[^|]*\|", rf"\1 {rate} |", document, count=1, flags=re.MULTILINE)
    return re.sub(r"^\*\*[\d.]+ GB\*\*: .*$", _disks(), document, count=1, flags=re.MULTILINE)


def _rates() -> dict[str, str]:
    accepted = figure("intake", "ours_per_second")
    desk = [figure("desk", f"{name}_ms") for name in _DESK_PAGES]
    pages = figure("fetch", "pages_read") / figure("fetch", "seconds_for_2000_pages_on_50_hosts")
    milliseconds = figure("fetch", "cpu_ms_per_page")
    return {
        "reports accepted": f"{accepted:,.0f} per second: about {accepted / CORES:,.0f} per core",
        "reports placed in cases": f"{figure('triage', 'reports_per_second'):,.0f} per second in one worker "
        "process, which uses one core",
        "accepted and placed": f"{figure('sustained', 'carried_per_second'):,.0f} per second, minute after "
        "minute, on both cores",
        "pages read": f"{pages:.0f} per second in one worker process: {milliseconds:.0f} ms of CPU per page",
        "the desk": f"{min(desk):.0f} to {max(desk):.0f} ms of server time per page at a million reports",
    }


def _disks() -> str:
    sizes = sorted(((figure("sizes", f"{name}_GB_per_million"), name) for name in _TABLES), reverse=True)
    tables = ", ".join(f"`{name}` {size:.2f}" for size, name in sizes)
    wal = [figure("sizes", f"{work}_wal_bytes") for work in ("intake", "triage")]
    return (
        f"**{figure('sizes', 'all_GB_per_million'):.1f} GB**: {tables}. Intake writes {wal[0]:,.0f} bytes of "
        f"WAL per report, triage {wal[1]:,.0f}."
    )
