"""One worker reads 2,000 due pages on 50 hosts, from each host at most one page per second.

The hosts are 127.1.0.1 to 127.1.0.50. A separate process serves them. A page has 40 paragraphs and one case,
whose passage the worker finds.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from benchmarks.figures import Figures
from moderation.broker import make_redis
from moderation.database import make_engine, make_sessions
from moderation.models import Page, Report
from moderation.services.instance.migrate import upgrade
from moderation.services.pages.fetch import Fetcher
from moderation.services.pages.turns import HostTurns
from moderation.services.recheck.run import Rechecker
from moderation.services.sites.add import add_site
from moderation.services.triage.place import place
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

HOSTS, PAGES = 50, int(os.environ.get("FETCH_PAGES", "2000"))
PORT = 8399
_PARAGRAPH = "Подрядчик уже уложил брусчатку на двух из четырёх участков и ставит фонари. " * 3


def main() -> None:
    """Serve the pages, fill the database, read the pages, and print the figures."""
    if sys.argv[1:] == ["serve"]:
        _serve()
        return
    figures = Figures("fetch", ("httpcore", "lxml", "sqlalchemy"))
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.fetch", "serve"])
    try:
        with tempfile.TemporaryDirectory() as directory:
            Path(directory).chmod(0o755)
            with open_stack(Path(directory) / "data", with_redis=True) as stack:
                _measure(figures, Settings.from_env(stack.env))
    finally:
        server.terminate()
        server.wait()
    figures.write()


def _measure(figures: Figures, settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine)
    sessions = make_sessions(engine)
    hosts = [f"127.1.0.{number + 1}:{PORT}" for number in range(HOSTS)]
    with sessions() as session:
        for host in hosts:
            _fill(session, host)
    turns = HostTurns(make_redis(settings))
    fetcher = Fetcher(private=frozenset(hosts), turns=turns)
    began, cpu = time.perf_counter(), time.process_time()
    # Read the pages that are due now, and no page twice: the clock stands still.
    now = datetime.now(UTC)
    done = Rechecker(sessions, fetcher, lambda: now, settings.secret_keys).run()
    seconds = time.perf_counter() - began
    with sessions() as session:
        read = session.scalar(select(func.count()).where(Page.fetch_state == "ok")) or 0
    figures.add("pages_tried", done)
    figures.add("pages_read", read, f">={PAGES}")
    figures.add(f"seconds_for_{PAGES}_pages_on_{HOSTS}_hosts", seconds, f"<={60 * PAGES / 2000:g}")
    figures.add("cpu_ms_per_page", (time.process_time() - cpu) / PAGES * 1000)
    engine.dispose()


def _fill(session: Session, host: str) -> None:
    site = add_site(session, host, [f"http://{host}"])
    reports = [
        Report(
            id=uuid7(), site_id=site.id, url=f"http://{host}/{number}", exact="расказал",
            prefix="О новых сроках ", suffix=" на встрече", reader_hash=uuid7().bytes,
        )
        for number in range(PAGES // HOSTS)
    ]  # fmt: skip
    session.add_all(reports)
    session.commit()
    place(session, [report.id for report in reports], datetime.now(UTC))
    session.commit()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        text = "".join(f"<p>{number}. {_PARAGRAPH}</p>" for number in range(40))
        body = f"<article><p>О новых сроках расказал на встрече мэр.</p>{text}</article>".encode()
        found = self.path != "/robots.txt"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def _serve() -> None:
    servers = [ThreadingHTTPServer((f"127.1.0.{number + 1}", PORT), _Handler) for number in range(HOSTS)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)


if __name__ == "__main__":
    main()
