"""The desk on 200,000 cases and 1,000,000 reports, beside the same desk on 1,000 cases.

Server time is the time of the whole request in this process: session, queries, page of 30 rows. Requests go
to both databases in turn, so that a busy machine slows both. EXPLAIN checks every statement on the large
database: no large table may have a sequential scan. Chromium measures the time from a key press to the next
case.
"""

import re
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from benchmarks.chromium import chromium
from benchmarks.figures import Figures
from benchmarks.servers import ours
from moderation import create_app
from moderation.models import Editor
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.editors import add_editor
from moderation.services.insight.tally import tally_day
from moderation.services.instance.migrate import upgrade
from moderation.services.sites.add import add_site
from moderation.settings import Settings
from moderation.standalone.stack import open_stack
from tests.support.running import free_port

SMALL, BIG = 1_000, 200_000
REPORTS_A_CASE = 5
CASES_A_PAGE = 10
DAYS = 30
TIMES = 40
KEYS = 60
PASSWORD = "a password for the bench"
HITS = 60
"""Cases that mention the word that is searched for, however many there are."""
BIG_TABLES = ("case", "report", "placement", "selection", "suggestion", "decision", "page")

_FILL = (
    """INSERT INTO page (id, site_id, url, title)
       SELECT gen_random_uuid(), :site, 'https://news.example/s' || n % 20 || '/' || n, 'Статья ' || n
       FROM generate_series(1, :pages) n""",
    """CREATE TEMP TABLE numbered AS SELECT id, url, row_number() OVER (ORDER BY url) AS place FROM page""",
    """INSERT INTO "case" (id, site_id, page_id, status, version, exact, prefix, suffix, state, lang, kind,
           search_text, report_count, reader_count, priority, first_reported_at, last_reported_at, decided_at,
           fixed_at)
       SELECT gen_random_uuid(), :site, numbered.id, status, 1, 'расказал', 'О новых сроках ', ' на встрече',
           'unchecked', CASE WHEN n / 50 % 4 = 0 THEN 'en' ELSE 'ru' END,
           (ARRAY['spelling', 'punctuation', 'grammar', 'fact', 'other'])[n / 10 % 5 + 1],
           'Статья О новых сроках расказал на встрече'
               || CASE WHEN n % (:cases / :hits) = 0 THEN ' набережная' ELSE '' END
               || CASE WHEN n % 200 = 7 THEN ' мэрия' ELSE '' END,
           :reports, 1 + n % 7, random() * 20, at, at,
           CASE WHEN status <> 'open' THEN at + interval '2 hours' END,
           CASE WHEN status = 'fixed' THEN at + interval '2 hours' END
       FROM (SELECT n, now() - random() * interval '30 days' AS at,
                 (ARRAY['open', 'accepted', 'rejected', 'spam', 'fixed', 'fixed', 'fixed', 'fixed', 'fixed',
                        'fixed'])[n % 10 + 1] AS status
             FROM generate_series(1, :cases) n) made
       JOIN numbered ON place = 1 + n % :pages""",
    """INSERT INTO selection (id, page_id, case_id, exact, prefix, suffix, pinned, report_count)
       SELECT gen_random_uuid(), page_id, id, exact, prefix, suffix, false, :reports FROM "case" """,
    """INSERT INTO suggestion (id, case_id, text, source, votes)
       SELECT gen_random_uuid(), id, 'рассказал', 'reader', 3 FROM "case" WHERE reader_count <> 3""",
    """INSERT INTO decision (id, case_id, action, old_status, new_status, decided_at, editor_id)
       SELECT gen_random_uuid(), id, CASE status WHEN 'accepted' THEN 'accept' ELSE 'fix' END, 'open', status,
           decided_at, :editor
       FROM "case" WHERE status <> 'open'""",
    """INSERT INTO report (id, site_id, url, exact, prefix, suffix, reader_hash, created_at)
       SELECT gen_random_uuid(), :site, page.url, exact, prefix, suffix,
           decode(md5((random() * 1000)::int::text), 'hex'), first_reported_at + n * interval '1 second'
       FROM "case" JOIN page ON page.id = page_id, generate_series(1, :reports) n""",
    """INSERT INTO placement (report_id, case_id, selection_id)
       SELECT report.id, own.case_id, own.id
       FROM (SELECT id, url, row_number() OVER (PARTITION BY url ORDER BY id) AS n FROM report) report
       JOIN (SELECT selection.id, case_id, url,
                 (row_number() OVER (PARTITION BY url ORDER BY selection.id) - 1) * :reports AS first
             FROM selection JOIN page ON page.id = page_id) own
       ON own.url = report.url AND report.n > own.first AND report.n <= own.first + :reports""",
)


@dataclass(slots=True)
class Desk:
    """One filled database and a signed-in browser on it."""

    app: Flask
    client: FlaskClient
    site: UUID
    case: UUID
    engine: Engine

    def paths(self) -> dict[str, str]:
        """Return the URLs to measure, by name."""
        queue = f"/desk/queue?site={self.site}"
        return {
            "queue": queue,
            "filters": f"{queue}&status=fixed&kind=fact&suggestion=with&age=month",
            "section": f"{queue}&status=fixed&section=https://news.example/s7/",
            "search": f"{queue}&status=fixed&q=набережной",
            "search_common": f"{queue}&status=fixed&q=мэрии",
            "case": f"/desk/cases/{self.case}",
            "stats": f"/desk/insight?site={self.site}&days={DAYS}",
        }


def main() -> None:
    """Fill two databases, measure both in turn, then press keys."""
    figures = Figures("desk", ("flask", "sqlalchemy", "psycopg"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            desks = {cases: _desk(stack.env, cases) for cases in (SMALL, BIG)}
            _server_time(figures, desks)
            _plans(figures, desks[BIG])
            with ours(_env(stack.env, BIG), free_port()) as reports:
                _key_presses(figures, reports.partition("/api/")[0], desks[BIG].site)
    figures.write()


def _env(env: dict[str, str], cases: int) -> dict[str, str]:
    url, _slash, _query = env["DATABASE_URL"].partition("?")
    base = url.rsplit("/", 1)[0]
    return {**env, "DATABASE_URL": f"{base}/bench_{cases}" + (f"?{_query}" if _query else "")}


def _desk(env: dict[str, str], cases: int) -> Desk:
    began = time.perf_counter()
    settings = Settings.from_env(env)
    with create_engine(settings.sqlalchemy_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE bench_{cases}"))
    settings = Settings.from_env(_env(env, cases))
    engine = create_engine(settings.sqlalchemy_url)
    upgrade(engine)
    with Session(engine) as session:
        site = add_site(session, "Bench", ["https://news.example"])
        owner = add_editor(session, "bench@news.example", PASSWORD, role=None, site=None)
        values = {
            "site": site.id, "editor": owner.id, "cases": cases, "pages": cases // CASES_A_PAGE,
            "reports": REPORTS_A_CASE, "hits": HITS,
        }  # fmt: skip
        for statement in _FILL:
            session.execute(text(statement), values)
        today = datetime.now(UTC).date()
        for back in range(DAYS):
            tally_day(session, site.id, today - timedelta(days=back))
        session.commit()
        site_id = site.id
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        case = connection.execute(text("SELECT id FROM \"case\" WHERE status = 'open' LIMIT 1")).scalar_one()
        counts = [
            connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in ("case", "report")
        ]
    print(
        f"  filled {counts[0]} cases and {counts[1]} reports in {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    app = create_app(settings)
    return Desk(app, _signed_in(app, engine), site_id, case, engine)


def _signed_in(app: Flask, engine: Engine) -> FlaskClient:
    client = app.test_client()
    with Session(engine) as session:
        [editor] = session.query(Editor).all()
        started = desk_sessions.start(session, editor, "bench", datetime.now(UTC))
    with client.session_transaction("/desk/") as cookie:
        cookie["_user_id"], cookie["_fresh"] = str(started), True
    return client


def _server_time(figures: Figures, desks: dict[int, Desk]) -> None:
    for name in desks[BIG].paths():
        taken: dict[int, list[float]] = {SMALL: [], BIG: []}
        for _ in range(TIMES):
            for cases, desk in desks.items():
                began = time.perf_counter()
                answer = desk.client.get(desk.paths()[name])
                taken[cases].append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, answer.status
        small, big = median(taken[SMALL]), median(taken[BIG])
        print(f"  {name}: {small:.1f} ms with {SMALL} cases, {big:.1f} ms with {BIG}", flush=True)
        figures.add(f"{name}_ms", big, "<=60")
        # A common word is in more cases of a larger database, so only its time is compared.
        figures.add(f"{name}_ratio", big / small, None if name == "search_common" else "<=1.5")


def _plans(figures: Figures, desk: Desk) -> None:
    whole = re.compile(rf'Seq Scan on "?({"|".join(BIG_TABLES)})\b')
    scans = 0
    for name, path in desk.paths().items():
        for statement, parameters in _statements(desk, path):
            with desk.engine.connect() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
            nodes = [line.strip() for line in plan if "Scan" in line or "Sort" in line]
            scans += sum(bool(whole.search(line)) for line in plan)
            print(
                f"  plan {name}: " + "; ".join(re.sub(r"\s+\(cost.*", "", node) for node in nodes), flush=True
            )
    figures.add("seq_scans_of_big_tables", scans, "<=0")


def _statements(desk: Desk, path: str) -> list[tuple[str, Any]]:
    """Return the SELECTs of a request, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            seen.append((statement, parameters))

    with desk.app.app_context():
        engine = desk.app.extensions["sqlalchemy"].engine
    event.listen(engine, "before_cursor_execute", note)
    desk.client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return seen


def _key_presses(figures: Figures, url: str, site: UUID) -> None:
    """Measure the time from the key event to the frame in which another row is current."""
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{url}/desk/sign-in")
        page.fill("[name=email]", "bench@news.example")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/queue")
        page.goto(f"{url}/desk/queue?site={site}")
        page.keyboard.press("j")
        page.evaluate(_WATCH)
        for _ in range(KEYS):
            page.keyboard.press("a")
            page.wait_for_timeout(60)
        taken = page.evaluate("window.taken")
    figures.add("key_presses", len(taken), f">={KEYS}")
    figures.add("key_to_next_case_ms", median(taken), "<=100")
    figures.add("key_to_next_case_ms_slowest", max(taken))


_WATCH = """() => {
  window.taken = [];
  let pressed, was;
  document.addEventListener("keydown", (event) => {
    pressed = event.timeStamp;
    was = document.querySelector("[data-case][aria-current]");
    const look = () => {
      const now = document.querySelector("[data-case][aria-current]");
      if (now && now !== was) window.taken.push(performance.now() - pressed);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}"""


if __name__ == "__main__":
    main()
