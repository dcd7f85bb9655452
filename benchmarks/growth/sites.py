"""Axis 4: sites. Each has the same number of cases; one of them is worked on."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.figures import Figures
from benchmarks.growth.databases import Instance, instance, send, settle, usual_batch
from benchmarks.growth.reports import fill, read_queue
from benchmarks.growth.turns import in_turns, powers, report
from moderation.database import make_sessions
from moderation.models.outbox import NO_SITE
from moderation.services.outbox import claim
from moderation.services.outbox.jobs import JOBS, make_relay

TIMES = 15
CLAIMS = 200
"""A claim takes a few milliseconds: fifteen of them tell nothing."""
REPORTS_A_SITE = 500
_MORE_SITES = (
    """INSERT INTO site (id, name, site_key, origins)
       SELECT gen_random_uuid(), 'Site ' || n, 'pk_' || n, ARRAY['https://news.example']
       FROM generate_series(2, :sites) n""",
    """INSERT INTO page (id, site_id, url) SELECT gen_random_uuid(), id, 'https://news.example/a' FROM site
       WHERE id <> :site""",
    """INSERT INTO "case" (id, site_id, page_id, status, version, exact, prefix, suffix, state, search_text,
           report_count, reader_count, priority, first_reported_at, last_reported_at)
       SELECT gen_random_uuid(), site_id, page.id, 'open', 1, 'расказал', '', '', 'unchecked', 'расказал', 1,
           1, random() * 20, now(), now()
       FROM page, generate_series(1, 100) WHERE site_id <> :site""",
)


def measure(figures: Figures, env: dict[str, str], size: int) -> None:
    """Compare instances with few and many sites."""
    with ExitStack() as stack:
        grown = {sites: stack.enter_context(instance(env, f"sites_{sites}")) for sites in powers(size)}
        for sites, made in grown.items():
            fill(made, REPORTS_A_SITE)
            with made.engine.begin() as connection:
                for statement in _MORE_SITES:
                    connection.execute(text(statement), {"sites": sites, "site": made.site})
            settle(made.engine)
        times = in_turns({sites: _report(made) for sites, made in grown.items()}, TIMES)
        report(figures, "sites_report", times)
        report(
            figures, "sites_queue", in_turns({sites: read_queue(made) for sites, made in grown.items()}, 40)
        )
        owners = {sites: read_queue(made, everywhere=True) for sites, made in grown.items()}
        report(
            figures, "sites_owners_queue_of_all", in_turns(owners, 20),
            reason="the queue of all sites reads the first rows of each from its index, then merges them",
        )  # fmt: skip
        for made in grown.values():
            _let_all_sites_wait(made)
        report(
            figures, "sites_claim", in_turns({sites: _claim(made) for sites, made in grown.items()}, CLAIMS)
        )


def _report(made: Instance) -> Callable[[], int]:
    def once() -> int:
        ids = send(made.engine, usual_batch(made.site))
        relay = make_relay(make_sessions(made.engine), lambda: datetime.now(UTC))
        done = relay.drain()
        assert done >= len(ids)  # reopened cases add messages of their own
        return len(ids)

    return once


def _claim(made: Instance) -> Callable[[], int]:
    def once() -> int:
        with Session(made.engine) as session:
            site_id = claim.next_site(session, JOBS, NO_SITE)
            assert site_id is not None
            claim.lock_first(session, JOBS, site_id, 250)
        return 1

    return once


def _let_all_sites_wait(made: Instance) -> None:
    with made.engine.begin() as connection:
        connection.execute(
            text(
                """INSERT INTO outbox_message (topic, subject_id, site_id)
                   SELECT 'case.decided', gen_random_uuid(), id FROM site, generate_series(1, 20)"""
            )
        )
    settle(made.engine)
