"""Databases of a desk, filled with cases and reports by SQL."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from moderation import create_app
from moderation.models import Editor
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.editors import add_editor
from moderation.services.insight.tally import tally_day
from moderation.services.instance.migrate import upgrade
from moderation.services.sites.add import add_site
from moderation.settings import Settings

REPORTS_A_CASE = 5
CASES_A_PAGE = 10
DAYS = 30
EMAIL, PASSWORD = "bench@news.example", "a password for the bench"
HITS = 60
"""Cases that mention the word that is searched for, however many there are."""

FILL = (
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
    """UPDATE "case" SET pair = substring(sha256(convert_to(exact || chr(1) || 'рассказал', 'UTF8')) FOR 16)
       WHERE reader_count <> 3""",
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


_A_CASE = "SELECT id, encode(pair, 'hex') FROM \"case\" WHERE status = 'open' AND pair IS NOT NULL LIMIT 1"


@dataclass(slots=True)
class Desk:
    """One filled database and a signed-in browser on it."""

    app: Flask
    client: FlaskClient
    site: UUID
    case: UUID
    pair: str
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
            "pane": f"/desk/cases/{self.case}/pane?site={self.site}&status=open",
            "pair": f"{queue}&pair={self.pair}",
            "stats": f"/desk/insight?site={self.site}&days={DAYS}",
        }


def env_of(env: dict[str, str], cases: int) -> dict[str, str]:
    """Return the environment that names the database with this number of cases."""
    url, _slash, _query = env["DATABASE_URL"].partition("?")
    base = url.rsplit("/", 1)[0]
    return {**env, "DATABASE_URL": f"{base}/bench_{cases}" + (f"?{_query}" if _query else "")}


def fill(env: dict[str, str], cases: int) -> Desk:
    """Create a database with this number of cases, and sign in."""
    began = time.perf_counter()
    settings = Settings.from_env(env)
    with create_engine(settings.sqlalchemy_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE bench_{cases}"))
    settings = Settings.from_env(env_of(env, cases))
    engine = create_engine(settings.sqlalchemy_url)
    upgrade(engine)
    with Session(engine) as session:
        site = add_site(session, "Bench", ["https://news.example"])
        owner = add_editor(session, EMAIL, PASSWORD, role=None, site=None)
        values = {
            "site": site.id, "editor": owner.id, "cases": cases, "pages": cases // CASES_A_PAGE,
            "reports": REPORTS_A_CASE, "hits": HITS,
        }  # fmt: skip
        for statement in FILL:
            session.execute(text(statement), values)
        today = datetime.now(UTC).date()
        for back in range(DAYS):
            tally_day(session, site.id, today - timedelta(days=back))
        session.commit()
        site_id = site.id
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        case = connection.execute(text(_A_CASE)).one()
        counts = [
            connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in ("case", "report")
        ]
    print(
        f"  filled {counts[0]} cases and {counts[1]} reports in {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    app = create_app(settings)
    return Desk(app, _signed_in(app, engine), site_id, case.id, case.encode, engine)


def _signed_in(app: Flask, engine: Engine) -> FlaskClient:
    client = app.test_client()
    with Session(engine) as session:
        [editor] = session.query(Editor).all()
        started = desk_sessions.start(session, editor, "bench", datetime.now(UTC))
    with client.session_transaction("/desk/") as cookie:
        cookie["_user_id"], cookie["_fresh"] = str(started), True
    return client
