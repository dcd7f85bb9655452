"""The filters of the queue, in its address and in its form."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import (
    NOON,
    CaseFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SuggestionFactory,
    place_in,
)
from tests.support.desk import post


class TestFilters:
    @pytest.mark.parametrize(
        "query",
        [
            "kind=grammar", "lang=en", "section=https://news.example/sport/", "suggestion=with", "age=older",
            "assignee=me", "q=running", "url=https://news.example/sport/1%23x", "site={site}%26kind=grammar",
            "reader=" + "61" * 16,
        ],
    )  # fmt: skip
    def test_each_narrows_the_list(self, session, desk, site, editor, case, query):
        case.first_reported_at = datetime.now(UTC)
        other = CaseFactory(
            site=site, page=PageFactory(site=site, url="https://news.example/sport/1"), kind="grammar",
            lang="en-GB", assignee_id=editor.id, exact="running", first_reported_at=NOON - timedelta(days=99),
        )  # fmt: skip
        SuggestionFactory(case=other, text="ran", source="reader", votes=1)
        place_in(session, ReportFactory(site=site, reader_hash=b"a" * 16), other)
        page = desk.get("/desk/queue?" + query.format(site=site.id).replace("%26", "&")).text
        assert re.findall(r'data-case="([^"]+)"', page) == [str(other.id)]
        assert "Save view" in page

    @pytest.mark.parametrize(
        "query",
        [
            "status=shut",
            "sort=best",
            "kind=x",
            "lang=de",
            "age=year",
            "suggestion=maybe",
            "site=x",
            "assignee=you",
            "url=x",
            "reader=x",
        ],
    )
    def test_a_value_that_there_is_not_is_left_out_but_not_of_a_step_on_all_cases(self, desk, case, query):
        answer = desk.get(f"/desk/queue?{query}")
        assert answer.status_code == 200 and query not in answer.text and str(case.id) in answer.text
        assert desk.get(f"/desk/cases/{case.id}?{query}").status_code == 200
        assert post(desk, f"/desk/queue/live?{query}", since="2026-01-01T00:00:00Z").status_code == 200
        for path in ("bulk/matching", "cases.csv"):
            assert desk.get(f"/desk/{path}?{query}").status_code == 404

    def test_the_sections_of_all_pages_are_offered(self, session, desk, site, case):
        for section in ("Спорт", "город", "спорт", "Экономика"):
            PageFactory(site=site, section=section)
        PageFactory(site=SiteFactory(), section="Чужой")
        session.commit()
        offered = re.search(
            r'<datalist id="sections">(.*?)</datalist>', desk.get("/desk/queue?q=никого").text
        )
        names = re.findall(r'value="([^"]+)"', offered[1])
        assert [name.lower() for name in names] == ["город", "спорт", "экономика"]

    def test_empty_fields_of_the_form_are_no_filters(self, desk, case):
        page = desk.get("/desk/queue?kind=&lang=&site=&q=&age=&section=&assignee=&suggestion=").text
        assert str(case.id) in page and "Save view" not in page

    def test_nothing_that_matches_says_so(self, desk, case):
        assert "No case matches these filters." in desk.get("/desk/queue?kind=fact").text
