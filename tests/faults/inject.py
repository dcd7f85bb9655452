"""Inject faults into a running instance under load, one after the other: `make faults`.

Readers and an editor keep their own book (ledger.py). Each fault prints what they saw: the longest outage and
the slowest answer. At the end the book is compared with the database: nothing lost, nothing twice.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.injections import CLOCK, FAULTS, Scene, is_possible, make_clock, mount_small, unmount
from tests.faults.ledger import Ledger, add_site, publish
from tests.support.running import Running, eventually
from tests.support.web import Web, serve

LONGEST_ANSWER = 5.0
RECOVERY = 5.0
LONGEST_RECOVERY = 60.0
"""Seconds until reports are accepted again. A web process that was killed starts again."""
DISK_MEGABYTES = 400


def main() -> None:
    """Run rounds of all chosen faults until the time is over. Exit code 1 if anything disagrees."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=1200)
    options.add_argument("--faults", nargs="+", default=list(FAULTS), choices=list(FAULTS))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrigenda-faults-") as directory, serve() as web:
        base = Path(directory)
        base.chmod(0o755)
        _publish(web)
        with _disk(base) as data_dir, _instance(data_dir, web) as (scene, ledger):
            is_well = _rounds(scene, ledger, chosen.faults, chosen.seconds)
            is_well &= _agrees(ledger)
    sys.exit(not is_well)


def _rounds(scene: Scene, ledger: Ledger, names: list[str], seconds: float) -> bool:
    ends, is_well = time.monotonic() + seconds, True
    possible = [name for name in names if not is_possible(name)]
    for name in names:
        if reason := is_possible(name):
            print(f"{name:<18} skipped: {reason}", flush=True)
    while time.monotonic() < ends:
        for name in possible:
            ledger.new_window()
            FAULTS[name](scene)
            ledger.await_accepted(LONGEST_RECOVERY)
            threading.Event().wait(RECOVERY)
            window = ledger.new_window()
            is_well &= window.slowest <= LONGEST_ANSWER and window.accepted > 0
            print(
                f"{name:<18} sent {window.sent}, accepted {window.accepted}, refused {window.refused}, "
                f"unanswered {window.unanswered}, longest outage {window.outage:.1f} s, "
                f"slowest answer {window.slowest:.1f} s",
                flush=True,
            )
    return is_well


def _agrees(ledger: Ledger) -> bool:
    ledger.stop()
    start = time.monotonic()
    eventually(lambda: not ledger.waiting(), 240)
    figures = ledger.figures()
    print(f"all placed {time.monotonic() - start:.1f} s after the end")
    print(", ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    return not any(value for name, value in figures.items() if name != "accepted")


@contextmanager
def _disk(base: Path) -> Iterator[Path]:
    """Yield a data directory, as root on a small file system that a fault can fill."""
    data_dir = base / "data"
    if os.geteuid() != 0:
        yield data_dir
        return
    (base / "disk").mkdir(mode=0o755)
    mount_small(base / "disk", DISK_MEGABYTES)
    try:
        yield base / "disk" / "data"
    finally:
        unmount(base / "disk")


@contextmanager
def _instance(data_dir: Path, web: Web) -> Iterator[tuple[Scene, Ledger]]:
    running = Running(
        data_dir, "--no-demo", CORRIGENDA_PRIVATE_HOSTS=web.host, CORRIGENDA_READER_LIMIT="",
        CORRIGENDA_SITE_LIMIT="", CORRIGENDA_WEB_WORKERS="2",
        LD_PRELOAD=make_clock(data_dir), CORRIGENDA_TEST_CLOCK=str(data_dir.parent / CLOCK),
    )  # fmt: skip
    try:
        running.await_line(r"^ready http://", 240)
        ledger = add_site(running, web)
        scene = Scene(running, json.loads((data_dir / "stack.json").read_text()))
        ledger.start()
        yield scene, ledger
        ledger.stop()
    finally:
        running.stop(seconds=60)


def _publish(web: Web) -> None:
    """Serve a few pages that are well, and some that hang, redirect in circles, or grow when unpacked."""
    over = threading.Event()

    def hang(_headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        over.wait(30)
        return 200, {"Content-Type": "text/html"}, b"late"

    bomb = gzip.compress(b"<p>" + b"x" * 50_000_000)
    publish(web)
    web.pages["/0"] = hang
    web.pages["/1"] = 302, {"Location": "/1"}, b""
    web.pages["/2"] = 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb


if __name__ == "__main__":
    main()
