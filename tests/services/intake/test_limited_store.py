"""Reports that are stored together are counted together."""

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from moderation.models import Report
from moderation.services.intake.draft import Draft, DraftQuote, Sender, Submission
from moderation.services.intake.limited_store import store_within_limits
from moderation.services.intake.report_limits import Counted, ReportLimits, TooManyReports
from moderation.services.intake.store import KeyReused
from tests.factories import SiteFactory


@pytest.fixture
def submission(session):
    site = SiteFactory()

    def make(reader, key=None, digest=b"d"):
        draft = Draft("https://news.example/a", DraftQuote("расказал"))
        sender = Sender(reader.encode().ljust(16), key, digest)
        return Submission(uuid7(), site.id, draft, sender, counted=Counted(reader, site=str(site.id)))

    return make


def test_each_report_of_a_batch_gets_its_own_answer(engine, session, redis, submission):
    limits = ReportLimits(redis, reader="2 per minute", site="100 per minute")
    sent = [
        submission("anna"), submission("anna"), submission("anna"),
        submission("boris", "k"), submission("boris", "k", b"other"), submission("vera"),
    ]  # fmt: skip
    answers = store_within_limits(limits, engine, sent)
    assert answers[:2] == [sent[0].id, sent[1].id]
    assert isinstance(answers[2], TooManyReports)
    assert answers[3] == sent[3].id
    assert isinstance(answers[4], KeyReused)
    assert answers[5] == sent[5].id
    session.rollback()
    assert session.scalar(select(func.count(Report.id))) == 4


def test_a_batch_without_room_asks_no_database(redis, submission):
    limits = ReportLimits(redis, reader="1 per minute", site="")
    limits.require(Counted("anna"))
    [answer] = store_within_limits(limits, None, [submission("anna")])
    assert isinstance(answer, TooManyReports)
