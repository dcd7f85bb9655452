import hashlib

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from moderation.models import OutboxMessage, Report
from moderation.services.intake.store import KeyReused, Submission, store
from tests.factories import SiteFactory


@pytest.fixture
def submission(session):
    site = SiteFactory()

    def make(**changed):
        fields = {
            "id": uuid7(), "site_id": site.id, "url": "https://news.example/a", "exact": "расказал",
            "prefix": "о сроках ", "suffix": " на встрече", "start": 9, "end": 17, "correction": "рассказал",
            "comment": None, "kind": "spelling", "title": None, "lang": "ru", "reader_hash": b"\x00\xff" * 8,
            "idempotency_key": None, "body_digest": hashlib.sha256(b"body").digest(),
        }  # fmt: skip
        return Submission(**(fields | changed))

    return make


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_report_is_stored_as_it_came_with_its_message(engine, session, submission):
    sent = submission(exact="'); DROP TABLE report; --", comment='<script>\n"“ёж" \\u0041')
    assert store(engine, [sent]) == [sent.id]
    report = session.get(Report, sent.id)
    stored = {name: getattr(report, name) for name in msgspec.structs.asdict(sent)}
    assert stored == msgspec.structs.asdict(sent)
    assert session.scalars(select(OutboxMessage.subject_id)).all() == [sent.id]


def test_many_at_once(engine, session, submission):
    sent = [submission() for _ in range(100)]
    assert store(engine, sent) == [one.id for one in sent]
    assert count(session, Report) == count(session, OutboxMessage) == 100


def test_the_same_key_and_body_gives_the_first_answer(engine, session, submission):
    first, second = submission(idempotency_key="k"), submission(idempotency_key="k")
    assert store(engine, [first]) == [first.id]
    assert store(engine, [second]) == [first.id]
    assert count(session, Report) == count(session, OutboxMessage) == 1


def test_the_same_key_twice_in_one_batch(engine, session, submission):
    first, second = submission(idempotency_key="k"), submission(idempotency_key="k")
    assert len(set(store(engine, [first, second]))) == 1
    assert count(session, Report) == count(session, OutboxMessage) == 1


def test_the_same_key_with_another_body_is_refused(engine, session, submission):
    store(engine, [submission(idempotency_key="k")])
    other = submission(idempotency_key="k", body_digest=hashlib.sha256(b"other").digest())
    [answer] = store(engine, [other])
    assert isinstance(answer, KeyReused)
    assert count(session, Report) == 1


def test_another_sites_key_is_another_key(engine, session, submission):
    store(
        engine, [submission(idempotency_key="k"), submission(idempotency_key="k", site_id=SiteFactory().id)]
    )
    assert count(session, Report) == 2


def test_sending_a_batch_again_stores_nothing_twice(engine, session, submission):
    sent = [submission(), submission(idempotency_key="k")]
    assert store(engine, sent) == store(engine, sent)
    assert count(session, Report) == count(session, OutboxMessage) == 2


def test_a_row_the_database_refuses_does_not_take_others_with_it(engine, session, submission):
    good, bad = submission(), submission(site_id=uuid7())
    with pytest.raises(IntegrityError):
        store(engine, [good, bad])
    assert count(session, Report) == 1
