import hashlib
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from moderation.models import OutboxMessage, Report
from moderation.services.intake.draft import Draft, DraftPosition, DraftQuote, Sender, Submission
from moderation.services.intake.store import KeyReused, store
from tests.factories import SiteFactory


@pytest.fixture
def submission(session):
    site = SiteFactory()

    def make(site_id=site.id, sender=None, **changed):
        fields = {
            "url": "https://news.example/a",
            "quote": DraftQuote("расказал", "о сроках ", " на встрече"),
            "position": DraftPosition(9, 17),
            "correction": "рассказал", "kind": "spelling", "lang": "ru",
        }  # fmt: skip
        body = {"reader_hash": b"\x00\xff" * 8, "body_digest": hashlib.sha256(b"body").digest()}
        return Submission(uuid7(), site_id, Draft(**(fields | changed)), Sender(**(body | (sender or {}))))

    return make


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_report_is_stored_as_it_came_with_its_message(engine, session, submission):
    quote = DraftQuote("'); DROP TABLE report; --", "a", "b")
    sent = submission(quote=quote, comment='<script>\n"“ёж" \\u0041')
    assert store(engine, [sent]) == [sent.id]
    report = session.get(Report, sent.id)
    assert (report.exact, report.prefix, report.suffix) == msgspec.structs.astuple(quote)
    assert (report.start, report.end) == (9, 17)
    for name in ("url", "correction", "comment", "kind", "title", "lang"):
        assert getattr(report, name) == getattr(sent.draft, name)
    for name in ("reader_hash", "idempotency_key", "body_digest"):
        assert getattr(report, name) == getattr(sent.sender, name)
    assert session.scalars(select(OutboxMessage.subject_id)).all() == [sent.id]


def test_an_imported_report_keeps_the_time_it_was_reported(engine, session, submission):
    then = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
    store(engine, [submission(sender={"reported_at": then}), submission()])
    times = sorted(session.scalars(select(Report.created_at)))
    assert times[0] == then < times[1]


def test_without_a_position_there_is_none(engine, session, submission):
    store(engine, [submission(position=None)])
    report = session.scalars(select(Report)).one()
    assert (report.start, report.end) == (None, None)


def test_every_field_of_a_report_has_a_column():
    """A field without a column would be dropped in silence."""
    fields = {*Draft.__struct_fields__, *DraftQuote.__struct_fields__, *DraftPosition.__struct_fields__}
    assert fields - {"quote", "position"} <= set(Report.__table__.c.keys())


def test_many_at_once(engine, session, submission):
    sent = [submission() for _ in range(100)]
    assert store(engine, sent) == [one.id for one in sent]
    assert count(session, Report) == count(session, OutboxMessage) == 100


def test_the_same_key_and_body_gives_the_first_answer(engine, session, submission):
    first, second = submission(sender={"idempotency_key": "k"}), submission(sender={"idempotency_key": "k"})
    assert store(engine, [first]) == [first.id]
    assert store(engine, [second]) == [first.id]
    assert count(session, Report) == count(session, OutboxMessage) == 1


def test_the_same_key_twice_in_one_batch(engine, session, submission):
    first, second = submission(sender={"idempotency_key": "k"}), submission(sender={"idempotency_key": "k"})
    assert len(set(store(engine, [first, second]))) == 1
    assert count(session, Report) == count(session, OutboxMessage) == 1


def test_the_same_key_with_another_body_is_refused(engine, session, submission):
    store(engine, [submission(sender={"idempotency_key": "k"})])
    other = submission(sender={"idempotency_key": "k", "body_digest": hashlib.sha256(b"other").digest()})
    [answer] = store(engine, [other])
    assert isinstance(answer, KeyReused)
    assert count(session, Report) == 1


def test_another_sites_key_is_another_key(engine, session, submission):
    store(
        engine,
        [
            submission(sender={"idempotency_key": "k"}),
            submission(sender={"idempotency_key": "k"}, site_id=SiteFactory().id),
        ],
    )
    assert count(session, Report) == 2


def test_sending_a_batch_again_stores_nothing_twice(engine, session, submission):
    sent = [submission(), submission(sender={"idempotency_key": "k"})]
    assert store(engine, sent) == store(engine, sent)
    assert count(session, Report) == count(session, OutboxMessage) == 2


def test_a_row_the_database_refuses_does_not_take_others_with_it(engine, session, submission):
    good, bad = submission(), submission(site_id=uuid7())
    with pytest.raises(IntegrityError):
        store(engine, [good, bad])
    assert count(session, Report) == 1
