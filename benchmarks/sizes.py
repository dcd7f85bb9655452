"""What a million reports take: gigabytes by table, processor time of each part, and bytes of WAL.

Reports are stored as intake stores them, in groups of 20, and placed by the relay, as in one worker. Five
readers report each mistake, ten mistakes are on a page. No page is fetched. docs/scaling.md and
benchmarks/growth_model.py use these figures. `make bench-sizes SIZE=50000`.
"""

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psutil
from sqlalchemy import Engine, text
from uuid_utils.compat import uuid7

from benchmarks.figures import Figures
from benchmarks.typos import Case, read
from moderation.database import make_engine, make_sessions
from moderation.domain.spelling.languages import LANGUAGES
from moderation.services.instance.migrate import upgrade
from moderation.services.intake.draft import Draft, DraftPosition, DraftQuote, Sender, Submission
from moderation.services.intake.store import store
from moderation.services.outbox.jobs import make_relay
from moderation.services.sites.add import add_site
from moderation.services.triage.dictionaries import lexicon
from moderation.settings import Settings
from moderation.standalone.stack import Stack, open_stack

SIZE = int(os.environ.get("SIZE") or 20_000)
GROUP, READERS, MISTAKES = 20, 5, 10
_TABLES = text(
    """SELECT relname, pg_total_relation_size(oid) FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0
       ORDER BY 2 DESC"""
)


def main() -> None:
    """Store and place the reports, and print what they took."""
    figures = Figures("sizes", ("sqlalchemy", "psycopg"))
    for lang in LANGUAGES:
        lexicon(lang)
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            engine = make_engine(Settings.from_env(stack.env))
            upgrade(engine)
            with make_sessions(engine)() as session:
                site = add_site(session, "Bench", ["https://news.example"]).id
                session.commit()
            submissions = _submissions(site)
            groups = list(iter(lambda: list(itertools.islice(submissions, GROUP)), []))
            _measure(figures, "intake", stack, engine, lambda: [store(engine, group) for group in groups])
            relay = make_relay(make_sessions(engine), lambda: datetime.now(UTC))
            _measure(figures, "triage", stack, engine, lambda: list(iter(relay.drain, 0)))
            _sizes(figures, engine)
            engine.dispose()
    figures.write()


def _submissions(site: UUID) -> Iterator[Submission]:
    """Make the reports: each mistake five times, at most ten mistakes on a page."""
    typos = itertools.cycle([case for lang in LANGUAGES for case in read(lang)])
    for number in range(SIZE // READERS):
        case = next(typos)
        url = f"https://news.example/news/2026/11/{number // MISTAKES}-{case.page.replace('/', '-')}"
        for _ in range(READERS):
            yield Submission(uuid7(), site, _draft(case, url), Sender(uuid7().bytes))


def _draft(case: Case, url: str) -> Draft:
    wanted = case.quote()
    quote = DraftQuote(wanted.exact or " ", wanted.prefix, wanted.suffix)
    return Draft(url, quote, DraftPosition(case.start, case.end), correction=case.right)


def _measure(figures: Figures, name: str, stack: Stack, engine: Engine, work: Callable[[], object]) -> None:
    """Run the work, and print the time, and the processor time and WAL per report."""
    postgres, wal = _postgres_seconds(stack), _wal(engine)
    began, own = time.perf_counter(), time.process_time()
    work()
    figures.add(f"{name}_reports_per_second", SIZE / (time.perf_counter() - began))
    figures.add(f"{name}_own_cpu_ms", (time.process_time() - own) * 1000 / SIZE)
    figures.add(f"{name}_postgres_cpu_ms", (_postgres_seconds(stack) - postgres) * 1000 / SIZE)
    figures.add(f"{name}_wal_bytes", (_wal(engine) - wal) / SIZE)


def _postgres_seconds(stack: Stack) -> float:
    """Return the processor time of the server and its present processes. Their pool keeps them alive."""
    assert stack.postgres is not None and stack.postgres.child.process is not None
    server = psutil.Process(stack.postgres.child.process.pid)
    times = [each.cpu_times() for each in (server, *server.children())]
    return sum(used.user + used.system for used in times)


def _wal(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT pg_current_wal_insert_lsn() - '0/0'")).scalar_one())


def _sizes(figures: Figures, engine: Engine) -> None:
    """Print gigabytes per million reports: a GB per million is a kB per report."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
        sizes = connection.execute(_TABLES).all()
    whole = sum(size for _, size in sizes)
    for name, size in sizes:
        if size * 100 >= whole:
            figures.add(f"{name}_GB_per_million", size / SIZE / 1000)
    figures.add("all_GB_per_million", whole / SIZE / 1000)


if __name__ == "__main__":
    main()
