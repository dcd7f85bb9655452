"""Empty and filled databases on the embedded server, and the reports that are sent to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Engine, NullPool, create_engine, make_url, select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, Site
from moderation.services.accounts.editors import add_editor
from moderation.services.instance.migrate import upgrade
from moderation.services.intake.draft import Draft, DraftQuote, Sender, Submission
from moderation.services.intake.store import store
from moderation.services.sites.add import add_site
from moderation.services.triage.place import place
from moderation.settings import Settings

TABLES = (
    "report", "placement", "selection", "suggestion", "case", "case_reader", "decision", "page",
    "outbox_message",
)  # fmt: skip
"""What grows with reports."""
BATCH = 50
_TEMPLATE = "bench_template"
_numbers = count()


class Instance(NamedTuple):
    """One database with a site and an owner."""

    engine: Engine
    site: UUID
    owner: UUID

    def owner_in(self, session: Session) -> Editor:
        """Return the owner, in this session."""
        return session.get_one(Editor, self.owner)


def prepare(env: dict[str, str]) -> None:
    """Make the database that all others are copies of: the present schema, one site, one owner."""
    with _server(env).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {_TEMPLATE}"))
    engine = _engine(env, _TEMPLATE)
    upgrade(engine)
    with Session(engine) as session:
        add_editor(session, "bench@news.example", "a password for the bench", role=None, site=None)
        add_site(session, "Bench", ["https://news.example"])
        session.commit()
    engine.dispose()


@contextmanager
def instance(env: dict[str, str], name: str) -> Iterator[Instance]:
    """Create a database for the time of the block."""
    with _server(env).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}"))
    engine = _engine(env, name)
    try:
        with Session(engine) as session:
            made = Instance(
                engine, session.scalars(select(Site.id)).one(), session.scalars(select(Editor.id)).one()
            )
        yield made
    finally:
        engine.dispose()
        with _server(env).connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _server(env: dict[str, str]) -> Engine:
    url = Settings.from_env(env).sqlalchemy_url
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _engine(env: dict[str, str], name: str) -> Engine:
    return create_engine(make_url(Settings.from_env(env).sqlalchemy_url).set(database=name))


def submission(site: UUID, url: str, quote: DraftQuote, correction: str | None = None) -> Submission:
    """Return a report of a new reader."""
    sender = Sender(reader_hash=uuid7().bytes)
    return Submission(uuid7(), site, Draft(url=url, quote=quote, correction=correction), sender)


def usual_batch(site: UUID) -> list[Submission]:
    """Return a batch as readers send it: half of it joins cases that are there, half opens new ones."""
    known = (("расказал", f"https://news.example/s{n % 20}/{n}") for n in range(1, BATCH // 2 + 1))
    new = (("придти", f"https://news.example/new/{next(_numbers)}") for _ in range(BATCH // 2))
    return [
        submission(site, url, DraftQuote(exact, "О новых сроках ", " на встрече"))
        for exact, url in [*known, *new]
    ]


def send(engine: Engine, batch: list[Submission]) -> list[UUID]:
    """Store reports as intake does. Returns their ids."""
    store(engine, batch)
    return [one.id for one in batch]


def triage(engine: Engine, ids: list[UUID]) -> int:
    """Place reports in one transaction, as the worker does. Returns their number."""
    with Session(engine) as session:
        place(session, ids, datetime.now(UTC))
        session.commit()
    return len(ids)


def settle(engine: Engine) -> None:
    """Let the planner know what is there, as autovacuum does."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def bytes_of(engine: Engine) -> int:
    """Return the bytes of all tables that grow with reports, with their indexes."""
    sizes = " + ".join(f"pg_total_relation_size('\"{table}\"')" for table in TABLES)
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT {sizes}")).scalar_one())
