"""`make results`: write benchmarks/RESULTS.md, and into docs/scaling.md what follows from its figures."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import RESULTS
from benchmarks.growth_model import DOCUMENT, PAGE, with_plan
from benchmarks.scaling_figures import with_figures

HEAD = """# Results of the benchmarks

`make results` writes this page from `benchmarks/results/*.json`, which each `make bench-…` leaves behind.
Figures of one benchmark come from one run. A peer is measured in the same run on the same machine. A target
says what we want; "short" means that the figure misses it. Figures without a target explain the others.
The load is that of the machine when the benchmark began: above 0.5 other work disturbed it.
"""
TARGETS = {"slow_clients": "slow"}
"""Names of make targets that differ from the benchmark's."""
PEERS = ("isso", "plain", "bare", "peer", "find", "weights")
"""A figure with such a part in its name is of a peer, not of Corrigenda.

In `quality` these are `str.find`, and the weights of quote and context that Hypothesis uses.
"""


def main() -> None:
    """Write the page, and docs/scaling.md with its figures."""
    results = [read(path) for path in sorted(RESULTS.glob("*.json"))]
    PAGE.write_text(page(results), "utf-8")
    DOCUMENT.write_text(with_figures(with_plan(DOCUMENT.read_text("utf-8"))), "utf-8")
    print(f"{PAGE.relative_to(RESULTS.parent.parent)}: {len(results)} benchmarks")


def read(path: Path) -> dict[str, Any]:
    """Return one result. Results of earlier versions have no date: the file's counts."""
    result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return {"date": f"{written:%Y-%m-%d %H:%M} UTC", "load": None, **result}


def page(results: Iterable[dict[str, Any]]) -> str:
    """Return the page in Markdown."""
    return "\n".join([HEAD, *(_section(result) for result in results)])


def _section(result: dict[str, Any]) -> str:
    name, machine, versions = result["benchmark"], result["machine"], result["versions"]
    load = ", load not recorded" if result["load"] is None else f", load {result['load']:.1f} at its start"
    about = (
        f"Commit `{result['commit']}`, {result['date']}{load}. {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['system']}; {', '.join(f'{part} {version}' for part, version in versions.items())}."
    )
    rows = [_row(figure) for figure in result["figures"]]
    table = "\n".join(["| figure | value | target | |", "| --- | ---: | --- | --- |", *rows])
    short = sum(figure.get("met") is False for figure in result["figures"])
    counted = sum("target" in figure for figure in result["figures"])
    summary = f"{counted - short} of {counted} targets met." if counted else "No targets."
    return f"## {name}\n\n`make bench-{TARGETS.get(name, name)}`. {about} {summary}\n\n{table}\n"


def _row(figure: dict[str, Any]) -> str:
    name, target = figure["name"], figure.get("target")
    peer = " (peer)" if set(name.split("_")) & set(PEERS) and target is None else ""
    wanted = "" if target is None else target.replace(">=", "≥ ").replace("<=", "≤ ")
    met = "" if target is None else "met" if figure["met"] else "**short**"
    if "reason" in figure:
        met += f": {figure['reason']}"
    return f"| `{name}`{peer} | {figure['value']:g} | {wanted} | {met} |"


if __name__ == "__main__":
    main()
