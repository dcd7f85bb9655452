"""What the page of a report says to its reader."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from moderation.services.intake.receipts import receipt_token
from tests.factories import NOON, CaseFactory, ReportFactory, SiteFactory, place_in


class TestReceipt:
    @pytest.fixture
    def link(self, settings):
        return lambda report: "/r/" + receipt_token(settings.secret_keys, report.id)

    def test_it_says_what_happened_and_when(self, client, session, link):
        site = SiteFactory()
        report = ReportFactory(site=site, correction="рассказал", created_at=NOON)
        case = CaseFactory(site=site, status="fixed", decided_at=NOON + timedelta(hours=1), fixed_at=NOON)
        place_in(session, report, case)
        session.commit()
        page = client.get(link(report), headers={"Accept-Language": "ru"}).text
        for shown in ("Текст исправлен", "<del>расказал</del> <ins>рассказал</ins>", "14 июня 2026", "13:00"):
            assert shown in page
        steps = re.findall(r"<li( class=\"done\")?>\s*(\w+)", page)
        assert steps == [(' class="done"', name) for name in ("Отправлено", "Принято", "Исправлено")]
        assert quote("рассказал") in page.partition("#:~:text=")[2].partition('"')[0]

    def test_it_says_what_is_still_expected(self, client, session, link):
        report = ReportFactory(created_at=NOON)
        page = client.get(link(report), headers={"Accept-Language": "en"}).text
        assert re.findall(r"<li( class=\"done\")?>\s*(\w+)", page)[1:] == [("", "Accepted"), ("", "Fixed")]
        assert page.count("not yet") == 2

    def test_nobody_indexes_or_keeps_it(self, client, link, session):
        answer = client.get(link(ReportFactory()))
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r'(src|href)="(https?:)?//(?!news\.example)', answer.text)

    def test_another_token_is_a_plain_404(self, client):
        answer = client.get("/r/nothing")
        assert answer.status_code == 404
        assert "Report not found" in answer.text
