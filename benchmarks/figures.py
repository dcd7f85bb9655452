"""Output of all benchmarks: one line per figure, and a JSON file that also describes the machine."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(slots=True)
class Figures:
    """The figures of one benchmark."""

    benchmark: str
    packages: tuple[str, ...]
    rows: list[dict[str, object]] = field(default_factory=list)
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    """The machine's load when the benchmark began: what else it did."""

    def add(self, name: str, value: float, target: str | None = None, reason: str = "") -> None:
        """Print a figure; `target` is `>=X` or `<=X`, `reason` says why the figure misses it."""
        row: dict[str, object] = {"name": name, "value": round(value, 4)}
        line = f"figure {name} {value:.4g}"
        if target is not None:
            bound = float(target[2:])
            met = value >= bound if target.startswith(">=") else value <= bound
            row |= {"target": target, "met": met}
            line += f" target {target} {'met' if met else 'short'}"
            if reason and not met:
                row["reason"] = reason
                line += f": {reason}"
        self.rows.append(row)
        print(line, flush=True)

    def write(self) -> None:
        """Write results/NAME.json."""
        RESULTS.mkdir(exist_ok=True)
        commit = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
        ).stdout.strip()
        about = {
            "benchmark": self.benchmark,
            "commit": commit,
            "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "load": round(self.load, 2),
            "machine": {"cpu": _cpu(), "cores": os.cpu_count(), "system": platform.platform()},
            "versions": {"python": platform.python_version()}
            | {name: version(name) for name in self.packages},
            "figures": self.rows,
        }
        path = RESULTS / f"{self.benchmark}.json"
        path.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def share(values: Sequence[bool]) -> float:
    """Return the share of true values, 0 to 1."""
    return sum(values) / max(1, len(values))


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()
