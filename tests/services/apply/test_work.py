"""Corrections on their way into the CMS: written once, tried again, refused, canceled."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.integrations.cms.base import Refused
from moderation.models import AuditEntry, CorrectionApply
from moderation.services.apply.record import MOST_ATTEMPTS
from moderation.services.cases.apply import accept_and_apply, apply_page
from moderation.services.cases.apply_queue import UNDO_TIME, NothingToApply
from moderation.services.cases.decide import decide
from moderation.services.outbox.lanes import CORRECTIONS, lanes
from tests.factories import NOON, CaseFactory
from tests.services.apply.conftest import ARTICLE, CORRECTED

SOON = NOON + UNDO_TIME


@pytest.fixture
def accepted(session, editor, typo):
    """The case, accepted and to be applied."""
    accept_and_apply(session, editor, typo.id, version=1, correction="которая", now=NOON)
    return typo


def only_row(session):
    session.expire_all()
    return session.scalars(select(CorrectionApply)).one()


def audited(session):
    return session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()


def test_a_correction_is_written_after_the_time_for_undo_and_closed_by_the_page_alone(
    session, accepted, shelf, work
):
    assert work(NOON) == [] and shelf.writings == 0
    assert next(lane for lane in lanes(session) if lane.name == CORRECTIONS).waiting == 1
    assert work(SOON) == [SOON]
    row = only_row(session)
    assert (row.status, row.source_before, row.source_after, row.revision) == (
        "applied", "котрая", "которая", "1",
    )  # fmt: skip
    assert shelf.documents[accepted.page.url] == CORRECTED
    assert accepted.status == "accepted" and accepted.page.check_at <= SOON
    assert audited(session) == ["correction.applied"]
    work(SOON + timedelta(hours=1))
    assert shelf.writings == 1


def test_a_decision_that_is_undone_in_time_changes_nothing(session, editor, accepted, shelf, work):
    decide(session, editor, accepted.id, "reopen", version=accepted.version, now=NOON)
    assert work(SOON) == [] and shelf.documents[accepted.page.url] == ARTICLE
    assert only_row(session).status == "canceled"


def test_a_decision_that_is_undone_while_a_worker_begins_changes_nothing(
    session, editor, accepted, shelf, work
):
    row = only_row(session)
    row.leased_until = SOON  # a worker has it, and dies
    decide(session, editor, accepted.id, "reopen", version=accepted.version, now=NOON)
    assert only_row(session).status == "queued"
    work(SOON + timedelta(seconds=1))
    assert only_row(session).status == "canceled" and shelf.documents[accepted.page.url] == ARTICLE


def test_a_cms_that_is_away_is_asked_again_with_growing_pauses_and_then_no_more(
    session, accepted, shelf, work
):
    shelf.refusals = [Refused("unreachable", "no answer")] * (MOST_ATTEMPTS + 1)
    now, pauses = SOON, []
    for _ in range(MOST_ATTEMPTS - 1):
        work(now)
        row = only_row(session)
        assert (row.status, row.refusal) == ("queued", "unreachable")
        pauses.append(row.due_at - now)
        now = row.due_at
    assert pauses == sorted(set(pauses))
    work(now)
    assert only_row(session).status == "refused" and audited(session) == ["correction.refused"]
    assert accepted.status == "accepted", "an editor sees it"


def test_the_time_that_a_cms_asks_for_is_kept(session, accepted, shelf, work):
    shelf.refusals = [Refused("unreachable", "429", retry_after=300)]
    work(SOON)
    assert only_row(session).due_at == SOON + timedelta(seconds=300)


def test_what_cannot_pass_is_refused_at_once(session, accepted, shelf, work):
    shelf.documents[accepted.page.url] = "<p>котрая и котрая</p>"
    work(SOON)
    row = only_row(session)
    assert (row.status, row.refusal, row.attempts) == ("refused", "not_unique", 1)


def test_the_cache_is_purged_and_a_cache_that_refuses_is_told(session, accepted, work):
    purged = []

    def purge(connection, url):
        purged.append((connection.purge_url, url))
        raise Refused("unreachable", "the cache purge address answers 500")

    work(SOON, purge)
    assert purged == [("https://cdn.example", accepted.page.url)]
    row = only_row(session)
    assert row.status == "applied" and "was not purged" in row.error


def test_all_accepted_corrections_of_a_page_are_one_writing(session, editor, site, page, typo, shelf, work):
    other = CaseFactory(site=site, page=page, exact="расказал", prefix="Он ", suffix=" всё.")
    kept = CaseFactory(site=site, page=page, exact="всё")
    for case, correction in ((typo, "которая"), (other, "рассказал")):
        decide(session, editor, case.id, "accept", version=1, correction=correction, now=NOON)
    assert apply_page(session, editor, page.id, NOON) == 2
    work(SOON)
    assert shelf.documents[page.url] == CORRECTED.replace("расказал", "рассказал")
    assert shelf.writings == 1 and kept.status == "open"


def test_a_case_without_a_correction_is_neither_accepted_nor_applied(session, editor, typo):
    with pytest.raises(NothingToApply):
        accept_and_apply(session, editor, typo.id, version=1, now=NOON)
    session.rollback()
    assert typo.status == "open"
