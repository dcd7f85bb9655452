"""Reports that the API accepts."""

import pytest
from sqlalchemy import select

from moderation.models import OutboxMessage, Report
from tests.support.nudges import await_nudges


class TestAccepted:
    def test_a_report_is_stored_and_answered_with_its_receipt(self, session, send, settings):
        response = send()
        assert response.status_code == 202
        answer = response.get_json()
        assert answer["status"] == "received"
        assert answer["receipt"]["url"] == f"{settings.base_url}/r/{answer['receipt']['token']}"
        report = session.scalars(select(Report)).one()
        assert str(report.id) == answer["id"]
        assert report.url == "https://news.example/a"
        assert (report.exact, report.start, report.end) == ("расказал", 15, 23)
        assert session.scalars(select(OutboxMessage.subject_id)).all() == [report.id]

    def test_the_least_that_is_required(self, session, send):
        nothing = dict.fromkeys(("position", "correction", "comment", "kind", "title", "lang"))
        assert send(quote={"exact": "x"}, **nothing).status_code == 202

    def test_no_address_is_stored(self, session, send):
        send()
        report = session.scalars(select(Report)).one()
        assert len(report.reader_hash) == 16
        assert b"127.0.0.1" not in report.reader_hash

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("quote", {"exact": "я" * 1000, "prefix": "я" * 200, "suffix": "я" * 200}),
            ("correction", "я" * 1000),
            ("comment", "я" * 2000),
            ("url", "https://news.example/" + "a" * 2027),
            ("quote", {"exact": "👍🏽 e\u0301 \u202e"}),
            ("correction", ""),
        ],
    )
    def test_up_to_each_limit(self, send, field, value):
        assert send(**{field: value}).status_code == 202

    def test_the_nudge_goes_out(self, redis, send):
        for _ in range(2):
            send()
            await_nudges()
        assert redis.llen("corrigenda") == 1, "one nudge waits already"
