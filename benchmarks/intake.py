"""Accepted reports per second, beside Isso and a plain handler, all measured with wrk in one run."""

import json
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks import servers
from benchmarks.figures import Figures
from benchmarks.load import saturate, steady
from moderation.database import make_engine, make_sessions
from moderation.services.instance.migrate import upgrade
from moderation.services.sites.add import add_site
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

ROUNDS = 3
SECONDS = 6
STEADY = 300
"""Requests per second whose latency is measured."""
JSON = {"Content-Type": "application/json"}
REPORT = json.dumps(
    {
        "url": "https://news.example/city/embankment?utm_source=feed",
        "quote": {
            "exact": "расказал",
            "prefix": "О новых сроках, как мы уже писали в номере %d, ",
            "suffix": " на встрече с жителями главный архитектор города Пётр Савин.",
        },
        "position": {"start": 120, "end": 128},
        "correction": "рассказал",
        "comment": "Двойная «с»",
        "title": "Старую набережную откроют для пешеходов до конца лета",
        "lang": "ru",
    },
    ensure_ascii=False,
)
COMMENT = json.dumps(
    {"text": "О новых сроках расказал на встрече главный архитектор, номер %d", "title": "Набережная"},
    ensure_ascii=False,
)


def main() -> None:
    """Run the servers one after the other in several rounds, and print medians."""
    figures = Figures("intake", ("flask", "granian", "psycopg", "sqlalchemy", "msgspec"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            site_key, env = make_site(stack.env), stack.env
            ours_headers = {**JSON, "X-Site-Key": site_key}
            rates = _rates(
                {
                    "isso": (partial(servers.isso, 8191), COMMENT, JSON),
                    "plain": (partial(servers.plain, env, 8192), REPORT, JSON),
                    "ours": (partial(servers.ours, env, 8193), REPORT, ours_headers),
                    "unlimited": (partial(servers.ours, env, 8193, servers.NO_LIMITS), REPORT, ours_headers),
                }
            )
            _report(figures, rates)
            _steady(figures, env, ours_headers)
            _nothing_lost(env)
    figures.write()


def make_site(env: dict[str, str]) -> str:
    """Create a site and return its key."""
    engine = make_engine(Settings.from_env(env))
    upgrade(engine)
    with make_sessions(engine)() as session:
        return add_site(session, "Bench", ["https://news.example"]).site_key


Peer = tuple[Callable[[], AbstractContextManager[str]], str, dict[str, str]]


def _rates(peers: dict[str, Peer]) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(ROUNDS):
        for name, (start, body, headers) in peers.items():
            with start() as url:
                saturate(url, bodies=[body], headers=headers, seconds=2)  # warm
                time.sleep(1)  # the requests that wrk left behind still hold their places
                measured = saturate(url, bodies=[body], headers=headers, seconds=SECONDS)
            if measured.refused:
                raise RuntimeError(f"{name} refused {measured.refused} requests")
            rates[name].append(measured.per_second)
            print(f"{name:<9} {measured.per_second:8.0f} accepted/s", flush=True)
    return rates


def _report(figures: Figures, rates: dict[str, list[float]]) -> None:
    for name, measured in rates.items():
        figures.add(f"{name}_per_second", median(measured))
    peers = list(zip(rates["isso"], rates["plain"], strict=True))
    ratios = [(ours / isso, ours / plain) for ours, (isso, plain) in zip(rates["ours"], peers, strict=True)]
    figures.add("ours_vs_isso", median(ratio[0] for ratio in ratios), ">=6")
    figures.add("ours_vs_plain", median(ratio[1] for ratio in ratios), ">=3")


def _steady(figures: Figures, env: dict[str, str], headers: dict[str, str]) -> None:
    """Measure latencies at a steady rate, beside a server that only answers: the rest is the machine's."""
    with servers.bare(8194) as url:
        bare = _at_steady_rate(url, JSON)
    with servers.ours(env, 8193) as url:
        ours = _at_steady_rate(url, headers)
    figures.add(f"bare_latency_ms_at_{STEADY}_per_second_p99", bare[99])
    for percent, target in ((50, None), (95, None), (99, "<=20")):
        figures.add(f"latency_ms_at_{STEADY}_per_second_p{percent}", ours[percent], target)


def _at_steady_rate(url: str, headers: dict[str, str]) -> dict[int, float]:
    steady(url, bodies=[REPORT], headers=headers, rate=STEADY, seconds=3)  # warm
    return steady(url, bodies=[REPORT], headers=headers, rate=STEADY, seconds=20).milliseconds


def _nothing_lost(env: dict[str, str]) -> None:
    """Check that every report has its outbox message, and every message its report."""
    engine = make_engine(Settings.from_env(env))
    with engine.connect() as connection:
        unmatched = connection.execute(
            text(
                "SELECT count(*) FROM report r FULL JOIN outbox_message m ON m.subject_id = r.id "
                "WHERE r.id IS NULL OR m.id IS NULL"
            )
        ).scalar_one()
    engine.dispose()
    if unmatched:
        raise RuntimeError(f"{unmatched} reports or messages stand alone")


if __name__ == "__main__":
    main()
