"""The driven instance: it starts with one more worker, makes its sites, and stops as under an operator."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from tests.faults.drive.client import Client
from tests.support.running import COMMAND, Running, free_port
from tests.support.web import Web

EXTRA_WORKERS = 1
MOST_SECONDS_TO_STOP = 30


@dataclass(slots=True)
class Instance:
    """An instance with one site for each news site, and the token of an editor of all."""

    data_dir: Path
    webs: list[Web]
    port: int = field(default_factory=free_port)
    keys: dict[str, str] = field(default_factory=dict)
    """The site key, by the site's address."""
    token: str = ""
    seconds_to_stop: float = 0.0

    @contextmanager
    def running(self) -> Iterator[tuple[Running, Client]]:
        """The instance with one more worker. It ends with SIGTERM, as under an operator."""
        hosts = ",".join(web.host for web in self.webs)
        running = Running(
            self.data_dir, "--no-demo", port=self.port, CORRIGENDA_PRIVATE_HOSTS=hosts,
            CORRIGENDA_READER_LIMIT="", CORRIGENDA_SITE_LIMIT="", CORRIGENDA_WEB_WORKERS="2",
        )  # fmt: skip
        workers: list[subprocess.Popen[bytes]] = []
        try:
            running.await_line(r"^ready http://", 240)
            env = {**os.environ, "CORRIGENDA_DATA_DIR": str(self.data_dir)}
            for _ in range(EXTRA_WORKERS):
                workers.append(
                    subprocess.Popen(
                        [*COMMAND, "worker", "--queues", "work"], env=env, stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                )  # fmt: skip
            if not self.token:
                self._begin(running)
            yield running, Client(running.url, self.token)
        finally:
            started = time.monotonic()
            running.stop(signal.SIGTERM, seconds=MOST_SECONDS_TO_STOP)
            self.seconds_to_stop = max(self.seconds_to_stop, time.monotonic() - started)
            for worker in workers:
                worker.kill()
                worker.wait()

    def _begin(self, running: Running) -> None:
        """Make the sites, and a token of an editor of both."""
        for number, web in enumerate(self.webs):
            site = running.cli("site", "add", f"Drive {number}", "--origin", web.url, "--json")
            running.cli("site", "set", f"Drive {number}", "--fetch-pause", "0.1", "--json")
            self.keys[web.url] = site["site_key"]
        editor, password = "drive@news.example", "a long enough pw\n"
        running.cli("editor", "add", editor, "--role", "owner", "--password-stdin", "--json", stdin=password)
        made = running.cli("token", "add", "--editor", editor, "--name", "drive", "--json")
        self.token = made["token"]


def is_none(running: Running, query: str) -> bool:
    """Whether the instance's database has no such row."""
    return count(running, query) == 0


def stored_report(running: Running, report_id: str) -> str:
    """What the instance's database holds of a report."""
    query = text(
        """
        SELECT row_to_json(report), row_to_json(placement), row_to_json(selection), row_to_json("case")
        FROM report LEFT JOIN placement ON placement.report_id = report.id
        LEFT JOIN selection ON selection.id = placement.selection_id
        LEFT JOIN "case" ON "case".id = placement.case_id WHERE report.id = :id
        """
    )
    with running.session() as session:
        return str(session.execute(query, {"id": report_id}).all())


def count(running: Running, query: str) -> int:
    """The number of rows in the instance's database."""
    with running.session() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {query}")) or 0)
