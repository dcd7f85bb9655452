"""The plans of the hot paths are those of tests/plans/hot_paths.txt: no large table is read from end to end.

A change in that file is a change in what the program costs on a large instance: look at it, then let
`make plans` write the file.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from moderation.models import Case, Editor, OutboxMessage, Placement, Site, Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.cases.changes import changes
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_by_status, count_some, list_cases
from moderation.services.cases.retention import run_retention
from moderation.services.intake.draft import Draft, DraftQuote, Sender, Submission
from moderation.services.intake.receipts import read_receipt, receipt_token
from moderation.services.intake.store import store
from moderation.services.outbox import claim, delivery_claim
from moderation.services.outbox.fan_out import fan_out
from moderation.services.outbox.jobs import JOBS
from moderation.services.outbox.relay import forget_done
from moderation.services.outbox.sender import SHARE
from moderation.services.recheck import claim as recheck_claim
from moderation.services.recheck.due import due_state
from moderation.services.sites.add import change_site
from moderation.services.triage.place import place
from tests.factories import NOON, EditorFactory, SiteFactory, SubscriberFactory
from tests.support.plans import prefer_indexes, scans, statements_of

KEPT = Path(__file__).with_name("hot_paths.txt")
NOW = NOON + timedelta(hours=1)
GROWING = (
    "report", "placement", "selection", "suggestion", "case", "case_reader", "decision", "page", "revision",
    "outbox_message", "event", "delivery", "delivery_batch", "withdrawal", "bulk_item",
)  # fmt: skip
UNMERGED = Filter(without_merged=True)
OF_READER = Filter(status="open", reader=b"r" * 16)
IN_SECTION = Filter(status="open", section="https://news.example/7")
FILL = (
    # The same keys each time: how well an index is ordered is a part of its cost.
    "SELECT setseed(0.5)",
    """INSERT INTO page (id, site_id, url, check_at, created_at)
       SELECT md5(random()::text)::uuid, site.id, 'https://news.example/' || n, :noon, :noon
       FROM site, generate_series(1, 100) n""",
    """INSERT INTO "case" (id, site_id, page_id, status, version, exact, prefix, suffix, state, search_text,
           report_count, reader_count, first_reported_at, last_reported_at, decided_at, changed_at)
       SELECT md5(random()::text)::uuid, site_id, id, (ARRAY['open', 'accepted', 'rejected', 'fixed'])[n], 1,
           'расказал', '', '', 'unchecked', 'расказал', 2, 2, :noon - n * interval '1 hour', :noon,
           CASE WHEN n > 1 THEN CAST(:noon AS timestamptz) END, :noon + (150 - n) * interval '1 minute'
       FROM page, generate_series(1, 4) n""",
    """INSERT INTO selection (id, page_id, case_id, exact, prefix, suffix, pinned, report_count)
       SELECT md5(random()::text)::uuid, page_id, id, exact, prefix, suffix, false, 2 FROM "case" """,
    """INSERT INTO report (id, site_id, url, exact, prefix, suffix, reader_hash, created_at)
       SELECT md5(random()::text)::uuid, site_id, url, 'расказал', '', '', decode(md5(n::text), 'hex'), :noon
       FROM page, generate_series(1, 8) n""",
    """INSERT INTO placement (report_id, case_id, selection_id)
       SELECT report.id, own.case_id, own.id
       FROM (SELECT id, url, row_number() OVER (PARTITION BY site_id, url ORDER BY id) AS n, site_id
             FROM report) report
       JOIN (SELECT selection.id, case_id, url, site_id,
                 row_number() OVER (PARTITION BY page.id ORDER BY selection.id) AS n
             FROM selection JOIN page ON page.id = page_id) own
       ON own.url = report.url AND own.site_id = report.site_id AND own.n = (report.n + 1) / 2""",
    """INSERT INTO decision (id, case_id, action, old_status, new_status, decided_at)
       SELECT md5(random()::text)::uuid, id, 'accept', 'open', 'accepted', :noon
       FROM "case", generate_series(1, 20) WHERE status <> 'open'""",
    """INSERT INTO outbox_message (topic, subject_id, site_id, done_at)
       SELECT 'report.received', id, site_id, now() FROM report""",
    """INSERT INTO event (id, site_id, type, subject_id, case_id, occurred_at)
       SELECT md5(random()::text)::uuid, site_id, 'case.opened', "case".id, "case".id, :noon
       FROM "case" JOIN subscriber USING (site_id)""",
    """INSERT INTO delivery (event_id, case_id, subscriber_id)
       SELECT event.id, case_id, subscriber.id FROM event, subscriber""",
    """INSERT INTO delivery_batch (subscriber_id, event_ids)
       SELECT subscriber.id, ARRAY[event.id] FROM event, subscriber""",
    "ANALYZE",
)


@pytest.fixture
def filled(session):
    """A few thousand rows of two sites."""
    sites = [SiteFactory(), SiteFactory()]
    change_site(session, None, sites[0], keep_days=30)
    EditorFactory(is_owner=True)
    SubscriberFactory(site=sites[0])
    for statement in FILL:
        session.execute(text(statement), {"noon": NOON} if ":noon" in statement else {})
    session.commit()
    return session


def hot_paths(session, sessions):
    """Each path's name with what runs it in the given session."""
    site = session.scalars(select(Site).order_by(Site.id)).first()
    owner = session.scalars(select(Editor)).one()
    # The path of a receipt depends on the status of its case.
    case = session.scalars(select(Case).where(Case.site_id == site.id, Case.status == "rejected")).first()
    report_id = session.scalars(select(Placement.report_id).where(Placement.case_id == case.id)).first()
    keys = SecretKeys("k" * 40)
    arrived = submission(site)
    store(session.get_bind(), [arrived])
    message = session.scalars(select(OutboxMessage).where(OutboxMessage.subject_id == arrived.id)).one()
    return {
        "intake: insert": lambda: store(session.get_bind(), [submission(site)]),
        "triage of a batch": lambda: place(session, [arrived.id], NOW),
        "relay: the next site": lambda: claim.next_site(session, JOBS, site.id),
        "relay: the first messages of a site": lambda: claim.lock_first(session, JOBS, site.id, 250),
        "relay: lock the batch": lambda: claim.claim_again(session, [message.id]),
        "relay: mark as done": lambda: claim.mark_done(session, [message.id]),
        "desk: queue by priority": lambda: list_cases(session, owner, wanted(site, "priority"), limit=30),
        "desk: queue by time": lambda: list_cases(session, owner, wanted(site, "newest"), limit=30),
        "desk: queue by readers": lambda: list_cases(session, owner, wanted(site, "readers"), limit=30),
        "desk: counts on the tabs": lambda: count_by_status(session, owner, wanted(site, "newest")),
        "desk: counts without merged cases": lambda: count_by_status(session, owner, UNMERGED),
        "desk: how many of a section": lambda: count_some(session, owner, IN_SECTION),
        "desk: how many of a reader": lambda: count_some(session, owner, OF_READER),
        "desk: what changed": lambda: changes(session, owner, wanted(site, "newest"), NOW),
        "desk: one case by its page": lambda: session.refresh(case),
        "reader: a receipt": lambda: read_receipt(session, keys, receipt_token(keys, report_id)),
        "rechecks: due pages": lambda: claim_pages(session),
        "rechecks: how many are due": lambda: due_state(session),
        "deliveries: rows of a batch": lambda: fan_out(session),
        "deliveries: who has one": lambda: delivery_claim.due_subscribers(session, ["webhook"], NOW, []),
        "deliveries: the next share": lambda: next_share(session),
        "clean-up: retention": lambda: run_retention(sessions, NOW),
        "clean-up: done messages": lambda: forget_done(sessions),
    }


def wanted(site, sort):
    return Filter(site=site.id, status="open", sort=sort)


def submission(site):
    """A report of a new reader."""
    quote = DraftQuote("придти", "должен ", " завтра")
    return Submission(uuid7(), site.id, Draft("https://news.example/7", quote), Sender(reader_hash=b"r" * 16))


def claim_pages(session):
    recheck_claim.claim(session, NOW, lambda _site: None, share=2)


def next_share(session):
    subscriber = session.scalars(select(Subscriber)).one()
    delivery_claim.claim(session, subscriber, NOW, NOW, SHARE, bundled=False)


def plans(session, run):
    """How the statements of a path read their tables, one line each."""
    with statements_of(session.get_bind()) as seen:
        run()
    session.rollback()
    connection = session.connection()
    prefer_indexes(connection)
    lines = [line for statement, parameters in seen for line in scans(connection, statement, parameters)]
    session.rollback()
    return sorted(set(lines))


def tables_of(plans):
    """What each path does with which large table. Which of two equally good indexes is read may vary."""
    paths, path = {}, None
    for line in plans.splitlines():
        if not line.startswith(" "):
            path = paths.setdefault(line, set())
        elif line.partition(" by ")[0].rpartition(" on ")[2] in GROWING:
            path.add(line.partition(" by ")[0].strip())
    return paths


def test_the_plans_of_the_hot_paths_are_those_that_are_kept(filled, sessions):
    found = ""
    for name, run in hot_paths(filled, sessions).items():
        found += f"{name}\n" + "".join(f"  {line}\n" for line in plans(filled, run))
    if os.environ.get("WRITE_PLANS"):
        KEPT.write_text(found, "utf-8")
    assert tables_of(found) == tables_of(KEPT.read_text("utf-8"))
    assert [table for table in GROWING if f"Seq Scan on {table}\n" in found] == []
