"""The rolling upgrade: processes of the previous schema's version work on, while the new version takes over.

The earlier version comes from the history: the commit before the last one that added a migration. It runs in
today's environment, whose packages are newer or the same.
"""

import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

from tests.faults.ledger import Ledger
from tests.faults.machines.fleet import Fleet
from tests.support.running import answers, eventually

ROOT = Path(__file__).resolve().parents[3]
_MIGRATIONS = "migrations/versions"
PAUSE = 5.0
"""Seconds of load between two steps."""


def previous_commit() -> str | None:
    """Return the commit before the last new migration; None if this clone's history is cut off."""
    if _git("rev-parse", "--is-shallow-repository").strip() == b"true":
        return None
    added = _git("log", "-1", "--format=%H", "--diff-filter=A", "--", _MIGRATIONS).decode().strip()
    return _git("rev-parse", f"{added}^").decode().strip()


def export_version(commit: str, target: Path) -> None:
    """Write the source of a commit into a folder."""
    target.mkdir()
    subprocess.run(["tar", "-x", "-C", str(target)], input=_git("archive", commit), check=True)
    # The set-up compiles them; the history does not hold them. Each version reads its own format.
    compile_dictionaries = [sys.executable, "-m", "moderation.services.triage.dictionaries"]
    subprocess.run(
        compile_dictionaries, cwd=target, env={**os.environ, "PYTHONPATH": str(target)}, check=True
    )


def upgrade_under_load(fleet: Fleet, ledger: Ledger) -> None:
    """Migrate with the new version, then replace the machines one after the other, under load."""
    ledger.new_window()
    ledger.start()
    _report(ledger, "earlier version on its own tables")
    for env in (fleet.env, *(machine.env for machine in fleet.machines)):
        env["PYTHONPATH"] = str(ROOT)
    print(fleet.cli("db", "check", check=False).strip(), flush=True)
    fleet.cli("db", "upgrade")
    _report(ledger, "earlier version on the new tables")
    for machine in fleet.machines:
        machine.stop()
        machine.start()
        if port := machine.env.get("CORRIGENDA_PORT"):
            eventually(partial(answers, f"http://127.0.0.1:{port}/readyz"), 240)
    _report(ledger, "while machines were replaced, and after")
    ledger.stop()


def _report(ledger: Ledger, name: str) -> None:
    threading.Event().wait(PAUSE)
    window = ledger.new_window()
    print(
        f"{name}: sent {window.sent}, accepted {window.accepted}, refused {window.refused}, "
        f"unanswered {window.unanswered}, slowest answer {window.slowest:.1f} s",
        flush=True,
    )


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout
