"""Figures of a period."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.insight.tally import tally_due
from tests.factories import ReportFactory


class TestInsight:
    def test_figures_charts_and_csv(self, sessions, admin, site, case):
        ReportFactory(site=site, created_at=datetime.now(UTC))
        tally_due(sessions, datetime.now(UTC))
        page = admin.get("/desk/insight?days=7").text
        assert "<dd>1</dd>" in page and "news.example/a" in page
        for address in re.findall(r'src(?:set)?="(/desk/insight/[^"]+)"', page):
            chart = admin.get(address.replace("&amp;", "&"))
            assert chart.mimetype == "image/svg+xml" and chart.text.startswith("<svg")
            assert "<script" not in chart.text and 'href="http' not in chart.text
        rows = list(csv.reader(io.StringIO(admin.get("/desk/insight/figures.csv?days=7").text)))
        assert ["pages", "https://news.example/a", "1"] in rows

    def test_counts_are_compared_with_the_period_before(self, session, sessions, admin, site):
        now = datetime.now(UTC)
        for days in (0, 0, 8):
            url = "https://news.example/city/a"
            ReportFactory(site=site, url=url, created_at=now - timedelta(days=days))
        session.commit()
        tally_due(sessions, now)
        page = admin.get("/desk/insight?days=7").text
        of_section = page.partition("Top sections")[2].partition("</section>")[0]
        assert re.search(r">2 <span class=\"change\"[^>]*>\+100%</span>", of_section)

    @pytest.mark.parametrize(
        "query",
        [
            "from=2026-02-01&to=2026-01-01",
            "days=x",
            "to=x",
            "from=2000-01-01",
            "days=-5",
            "from=0001-01-01&to=0001-01-02",
        ],
    )
    def test_a_period_that_is_none(self, admin, query):
        assert admin.get(f"/desk/insight?{query}").status_code == 404
