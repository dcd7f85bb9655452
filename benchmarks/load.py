"""Load on a local server, sent by wrk: the largest possible, or a steady rate."""

import math
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

SCRIPT = Path(__file__).parent / "post.lua"
_MORE = 1.03
"""Connections per request and second (`steady`)."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """Answers per second. `refused` counts the answers that were not 2xx."""

    per_second: float
    refused: int
    milliseconds: dict[int, float]
    """Percentiles 50, 95 and 99 of the time of an answer."""


def saturate(
    url: str,
    *,
    bodies: Sequence[str],
    headers: dict[str, str],
    seconds: int,
    connections: int = 48,
    pause_ms: int = 0,
) -> Throughput:
    """POST the bodies in turn for some seconds over many connections. `%d` in one becomes a unique number.

    After an answer each connection pauses for `pause_ms` on average, at random.
    """
    with NamedTemporaryFile("w", encoding="utf-8") as lines:
        lines.write("\n".join(bodies))
        lines.flush()
        arguments = [str(pause_ms), lines.name, *[f"{name}: {value}" for name, value in headers.items()]]
        done = subprocess.run(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), url, "--", *arguments],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    if rate is None:
        raise RuntimeError(f"wrk said nothing of use:\n{done}")
    found = re.findall(r"^p(\d+) ([\d.]+) ms$", done, re.MULTILINE)
    percentiles = {int(percent): float(taken) for percent, taken in found}
    return Throughput(float(rate[1]), int(refused[1]) if refused else 0, percentiles)


def steady(
    url: str, *, bodies: Sequence[str], headers: dict[str, str], rate: int, seconds: int
) -> Throughput:
    """POST `rate` times per second or a little more: connections send about once a second each, at random.

    A few more connections make up for the time of the answers, and for the first second, in which some still
    wait. A stall delays only the connections whose turn comes during it, as it does with readers.
    """
    connections = math.ceil(_MORE * rate)
    return saturate(
        url, bodies=bodies, headers=headers, seconds=seconds, connections=connections, pause_ms=1000
    )
