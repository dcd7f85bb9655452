"""Figures of a period."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.insight.tally import tally_due
from moderation.services.insight.thanks import count_told
from tests.factories import ReportFactory


def format_day(day):
    return f">{day.day} {day:%b}<"


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
        days = re.search(r"Daily figures</summary>.*?</table>", page, re.DOTALL)[0]
        assert days.count('<tr class="no-print">') == 6, "paper leaves empty days out"
        rows = list(csv.reader(io.StringIO(admin.get("/desk/insight/figures.csv?days=7").text)))
        assert ["pages", "https://news.example/a", "1"] in rows
        assert ["acceptance rate", "", ""] in rows

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

    def test_thanks_to_readers_with_chart_table_change_and_csv(self, session, sessions, admin, site):
        now = datetime.now(UTC)
        for days, readers in ((0, "ab"), (8, "c")):
            for reader in readers:
                hashed = reader.encode() * 16
                ReportFactory(site=site, reader_hash=hashed, created_at=now - timedelta(days=days))
        count_told(session, site.id, now)
        session.commit()
        tally_due(sessions, now)
        page = admin.get("/desk/insight?days=7").text
        section = page.partition("Thanks to readers")[2].partition("</section>")[0]
        assert "readers.svg" in section and "Daily figures" in section
        assert re.search(r"Sent a report</td>\s*<td class=\"number\">2 <span[^>]*>\+100%", section)
        assert re.search(r"Told by email</td>\s*<td class=\"number\">1<", section)
        rows = list(csv.reader(io.StringIO(admin.get("/desk/insight/figures.csv?days=7").text)))
        today = str(now.date())
        assert ["readers reported by day", today, "2"] in rows and ["readers told by day", today, "1"] in rows
        russian = admin.get("/desk/insight?days=7", headers={"Accept-Language": "ru"}).text
        assert "Спасибо читателям" in russian and "Получили письмо" in russian

    def test_the_days_begin_with_the_first_that_has_a_figure(self, sessions, admin, site):
        now = datetime.now(UTC)
        ReportFactory(site=site, created_at=now - timedelta(days=9))
        tally_due(sessions, now)
        page = admin.get("/desk/insight?days=30").text
        days = re.search(r"Daily figures</summary>.*?</table>", page, re.DOTALL)[0]
        first = now.date() - timedelta(days=9)
        assert days.count('<th scope="row">') == 10 and f'<th scope="row">{first}</th>' in days
        labels = admin.get("/desk/insight/days.svg?days=30").text
        assert format_day(first) in labels and format_day(first - timedelta(days=1)) not in labels
        csv_file = admin.get("/desk/insight/figures.csv?days=30").text
        assert str(now.date() - timedelta(days=29)) in csv_file, "the file has the whole period"

    def test_a_long_list_shows_five_rows_and_a_box_for_the_rest(self, sessions, admin, site):
        for number in range(7):
            ReportFactory(site=site, url=f"https://news.example/city/{number}", created_at=datetime.now(UTC))
        tally_due(sessions, datetime.now(UTC))
        page = admin.get("/desk/insight?days=7").text
        pages = page.partition("Top pages")[2].partition("</section>")[0]
        assert pages.count('<tr class="rest">') == 2 and "Show all" in pages
        sections = page.partition("Top sections")[2].partition("</section>")[0]
        assert "news.example" in sections and "Show all" not in sections

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
