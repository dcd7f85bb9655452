"""3 web, 3 workers and 2 schedulers behind nginx, one killed every 10 s under load: `make scale-out`.

The processes share one PostgreSQL, one Redis and the secret key, and nothing else: each has a data directory
and a temporary folder of its own. Readers and an editor keep their own book (tests/faults/ledger.py). At the
end the book is compared with the database. Exit code 1 if anything is lost or twice. Times are only printed.
"""

import argparse
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from moderation.standalone.stack import open_stack
from tests.faults.ledger import Ledger, add_site, publish
from tests.faults.machines.balancer import balancer
from tests.faults.machines.fleet import Fleet, make_fleet
from tests.faults.machines.upgrade import ROOT, export_version, previous_commit, upgrade_under_load
from tests.support.running import eventually
from tests.support.web import serve

EVERY = 10.0
"""Seconds between two kills."""
READERS = 10
MAY_BE_ABOVE_0 = ("accepted",)


def main() -> None:
    """Start everything, kill machines under load, and compare the book with the database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--upgrade", action="store_true", help="a rolling upgrade, instead of kills")
    chosen = options.parse_args()
    commit = previous_commit() if chosen.upgrade else None
    if chosen.upgrade and commit is None:
        print("the upgrade is not checked: the history of this clone is cut off")
        return
    # A step of the gate that takes too long is ended so. The machines are in sessions of their own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="corrigenda-machines-") as directory, serve() as web:
        base = Path(directory)
        base.chmod(0o755)
        publish(web)
        source = ROOT
        if commit is not None:
            source = base / "previous"
            export_version(commit, source)
            print(f"upgraded from {commit[:12]}", flush=True)
        with open_stack(base / "servers", with_redis=True) as stack:
            fleet = make_fleet(stack, base, web.host, source)
            fleet.cli("db", "upgrade")
            try:
                fleet.start()
                with balancer(base / "nginx", fleet.ports) as fleet.url:
                    ledger = add_site(fleet, web, READERS)
                    print(f"memory: {_memory(fleet)}", flush=True)
                    if chosen.upgrade:
                        upgrade_under_load(fleet, ledger)
                    else:
                        _kill_under_load(fleet, ledger, chosen.seconds, random.Random(chosen.seed))
                    is_well = _agrees(fleet, ledger)
            finally:
                fleet.stop()
    sys.exit(not is_well)


def _kill_under_load(fleet: Fleet, ledger: Ledger, seconds: float, chance: random.Random) -> None:
    """Kill and start one machine every 10 s: every machine once, in random order, and so on."""
    ledger.new_window()
    ledger.start()
    began, killed, order = time.monotonic(), 0, list(fleet.machines)
    while True:
        threading.Event().wait(EVERY)
        if time.monotonic() - began >= seconds:
            break
        if killed % len(order) == 0:
            chance.shuffle(order)
        order[killed % len(order)].kill()
        order[killed % len(order)].start()
        killed += 1
    ledger.stop()
    window, took = ledger.new_window(), time.monotonic() - began
    print(
        f"killed {killed} in {took:.0f} s; sent {window.sent} ({window.sent / took:.0f} per second), "
        f"accepted {window.accepted}, refused {window.refused}, unanswered {window.unanswered}, "
        f"slowest answer {window.slowest:.1f} s, longest time between two accepted {window.outage:.1f} s",
        flush=True,
    )


def _agrees(fleet: Fleet, ledger: Ledger) -> bool:
    """Wait until all reports are placed, print the figures, and return whether all are as they must be."""
    began = time.monotonic()
    eventually(lambda: not ledger.waiting(), 240)
    print(f"all placed {time.monotonic() - began:.1f} s after the end")
    figures = ledger.figures()
    figures["ended by themselves"] = sum(machine.has_ended() for machine in fleet.machines)
    print(", ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    return not any(value for name, value in figures.items() if name not in MAY_BE_ABOVE_0)


def _memory(fleet: Fleet) -> str:
    """Return the memory of each machine."""
    return ", ".join(f"{machine.name} {machine.megabytes():.0f} MB" for machine in fleet.machines)


if __name__ == "__main__":
    main()
