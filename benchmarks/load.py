"""Load on a local server: the largest possible (wrk), or a steady rate with latencies."""

import http.client
import re
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

SCRIPT = Path(__file__).parent / "post.lua"


@dataclass(frozen=True, slots=True)
class Throughput:
    """Answers per second. `refused` counts the answers that were not 2xx."""

    per_second: float
    refused: int
    milliseconds: dict[int, float]
    """Percentiles 50, 95 and 99 of the time of an answer."""


def saturate(
    url: str, *, body: str, headers: dict[str, str], seconds: int, connections: int = 48, pause_ms: int = 0
) -> Throughput:
    """POST for some seconds over many connections. `%d` in the body becomes a number, unique per request.

    After an answer each connection pauses for `pause_ms` on average, at random.
    """
    arguments = [str(pause_ms), body, *[f"{name}: {value}" for name, value in headers.items()]]
    done = subprocess.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), url, "--", *arguments],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    if rate is None:
        raise RuntimeError(f"wrk said nothing of use:\n{done}")
    percentiles = {
        int(found[1]): float(found[2]) for found in re.finditer(r"^p(\d+) ([\d.]+) ms$", done, re.M)
    }
    return Throughput(float(rate[1]), int(refused[1]) if refused else 0, percentiles)


def steady(url: str, *, body: str, headers: dict[str, str], rate: int, seconds: int) -> Throughput:
    """POST about `rate` times per second: as many connections send once a second on average, at random.

    A stall delays only the connections whose turn comes during it, as it does with readers.
    """
    return saturate(url, body=body, headers=headers, seconds=seconds, connections=rate, pause_ms=1000)


def latencies(
    url: str, *, body: Callable[[int], str], headers: dict[str, str], rate: int, seconds: int
) -> list[float]:
    """Send at a steady rate, without waiting for earlier answers. `body` makes the body of the nth request.

    Returns percentiles 1 to 99 in milliseconds. A latency starts when its request was due, so that a stall
    counts for all requests that it delays.
    """
    workers = 32
    start = time.perf_counter() + 0.2
    taken: list[float] = []

    def send(first: int) -> None:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        for number in range(first, rate * seconds, workers):
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("POST", f"{parts.path}?{parts.query}", body(number).encode(), headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 300:
                raise RuntimeError(f"refused: {answer.status}")
            taken.append((time.perf_counter() - due) * 1000)
        connection.close()

    threads = [threading.Thread(target=send, args=(first,)) for first in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) != rate * seconds:
        raise RuntimeError("not every request was answered")
    return quantiles(taken, n=100)
