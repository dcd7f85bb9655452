"""Axis 5: pages that are due to be read."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.figures import Figures
from benchmarks.growth.databases import Instance, instance, settle
from benchmarks.growth.turns import in_turns, powers, report
from moderation.services.recheck.claim import claim, give_back

TIMES = 15
SHARE = 10
"""Pages of a site that a worker leases at once (services/recheck/run.py)."""
_FILL = (
    """INSERT INTO page (id, site_id, url, check_at)
       SELECT gen_random_uuid(), :site, 'https://news.example/' || n, now() - interval '1 minute'
       FROM generate_series(1, :pages) n""",
    """INSERT INTO "case" (id, site_id, page_id, status, version, exact, prefix, suffix, state, search_text,
           report_count, reader_count, first_reported_at, last_reported_at)
       SELECT gen_random_uuid(), site_id, id, 'accepted', 1, 'расказал', '', '', 'unchecked', 'расказал', 1,
           1, now(), now()
       FROM page""",
)


def measure(figures: Figures, env: dict[str, str], size: int) -> None:
    """Lease pages for a fetch while few and many are due."""
    with ExitStack() as stack:
        grown = {pages: stack.enter_context(instance(env, f"due_{pages}")) for pages in powers(size)}
        for pages, made in grown.items():
            with made.engine.begin() as connection:
                for statement in _FILL:
                    connection.execute(text(statement), {"pages": pages, "site": made.site})
            settle(made.engine)
        claims = in_turns({pages: _claim(made) for pages, made in grown.items()}, TIMES)
        report(figures, "due_pages_claim", claims)


def _claim(made: Instance) -> Callable[[], int]:
    """Return what leases the pages that a worker takes at once, and gives them back."""

    def once() -> int:
        now = datetime.now(UTC)
        with Session(made.engine) as session:
            errands = claim(session, now, lambda _site: None, share=SHARE)
            give_back(session, errands, now)
        return len(errands)

    return once
