"""Axis 1: all reports of an instance."""

from collections.abc import Callable
from contextlib import ExitStack
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.desk.filled import CASES_A_PAGE, FILL, HITS, REPORTS_A_CASE
from benchmarks.figures import Figures
from benchmarks.growth.databases import Instance, bytes_of, instance, send, settle, triage, usual_batch
from benchmarks.growth.turns import in_turns, powers, report
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import list_cases

SMALLEST, TIMES = 1_000, 15
_MORE = (
    """INSERT INTO case_reader (case_id, reader_hash)
       SELECT DISTINCT case_id, reader_hash FROM placement JOIN report ON report.id = report_id""",
    # What the clean-up of a busy instance leaves: the messages of a week.
    """INSERT INTO outbox_message (topic, subject_id, site_id, done_at)
       SELECT 'report.received', id, site_id, now() FROM report""",
)


def measure(figures: Figures, env: dict[str, str], size: int) -> None:
    """Compare instances of growing numbers of reports."""
    with ExitStack() as stack:
        grown = {
            reports: stack.enter_context(instance(env, f"reports_{reports}"))
            for reports in powers(size, SMALLEST)
        }
        fresh = bytes_of(next(iter(grown.values())).engine)
        stored = {}
        for reports, made in grown.items():
            fill(made, reports)
            stored[reports] = (bytes_of(made.engine) - fresh) / reports
            print(f"  {reports} reports filled", flush=True)
        report(figures, "stored_report", stored, unit="bytes")
        sent: dict[int, list[list[UUID]]] = {reports: [] for reports in grown}

        def intake(reports: int) -> Callable[[], int]:
            made = grown[reports]

            def once() -> int:
                batch = usual_batch(made.site)
                sent[reports].append(send(made.engine, batch))
                return len(batch)

            return once

        report(figures, "intake", in_turns({reports: intake(reports) for reports in grown}, TIMES))
        placing = {
            reports: (lambda reports=reports: triage(grown[reports].engine, sent[reports].pop()))
            for reports in grown
        }
        report(figures, "triage", in_turns(placing, TIMES))
        report(figures, "queue", in_turns({reports: read_queue(made) for reports, made in grown.items()}, 40))


def read_queue(made: Instance, *, everywhere: bool = False) -> Callable[[], int]:
    """Return what reads the first page of the queue."""

    def once() -> int:
        with Session(made.engine) as session:
            wanted = Filter(site=None if everywhere else made.site, status="open", sort="priority")
            list_cases(session, made.owner_in(session), wanted, limit=30)
        return 1

    return once


def fill(made: Instance, reports: int) -> None:
    """Fill a database with cases and reports by SQL."""
    cases = reports // REPORTS_A_CASE
    values = {
        "site": made.site, "editor": made.owner, "cases": cases, "pages": cases // CASES_A_PAGE,
        "reports": REPORTS_A_CASE, "hits": min(HITS, cases),
    }  # fmt: skip
    with made.engine.begin() as connection:
        for statement in (*FILL, *_MORE):
            connection.execute(text(statement), values)
    settle(made.engine)
