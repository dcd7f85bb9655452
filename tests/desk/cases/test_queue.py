"""The queue: the site that is chosen, the next rows, and what is in no list."""

import re

import pytest

from moderation.web.extensions import db_session
from tests.factories import (
    CaseFactory,
    MembershipFactory,
)
from tests.support.plans import statements_of


def test_the_chosen_site_is_remembered_until_all_are_chosen(session, desk, editor, site, case):
    other = CaseFactory()
    MembershipFactory(editor=editor, site=other.site, role="viewer")

    def shown(query: str = "") -> set[str]:
        page = desk.get(f"/desk/queue{query}", follow_redirects=True).text
        return set(re.findall(r'data-case="([^"]+)"', page))

    assert shown() == {str(case.id), str(other.id)}
    assert shown(f"?site={site.id}") == shown("?sort=newest") == shown("?status=open") == {str(case.id)}
    assert desk.get("/desk/pages").location == f"/desk/pages?site={site.id}"
    assert shown("?site=") == shown() == {str(case.id), str(other.id)}


def test_the_script_gets_the_next_rows_without_the_page_around_them(desk, site):
    CaseFactory.create_batch(31, site=site)
    rows = desk.get("/desk/queue", headers={"X-Part": "rows"}).text
    assert rows.count("data-case=") == 30 and "data-next" in rows
    assert "<main" not in rows and "<select" not in rows
    assert "<main" in desk.get("/desk/queue").text


@pytest.fixture
def sent(app):
    """The statements that the application sends, as a list that grows."""
    with app.app_context():
        engine = db_session().get_bind()
    with statements_of(engine) as statements:
        yield statements


def test_the_next_rows_cost_no_queries_for_the_page_around_them(sent, desk, case):
    def around():
        return [statement for statement, _ in sent if "saved_view" in statement or "count(*)" in statement]

    desk.get("/desk/queue", headers={"X-Part": "rows"})
    assert not around()
    desk.get("/desk/queue")
    assert around()


def test_the_cases_of_a_search_are_found_once(sent, desk, case):
    assert str(case.id) in desk.get("/desk/queue?q=расказал").text
    assert len([statement for statement, _ in sent if "websearch_to_tsquery" in statement]) == 1


def test_a_merged_case_is_in_no_list_of_the_desk(session, desk, site, case):
    merged = CaseFactory(site=site, status="rejected", merged_into_id=case.id)
    rejected = CaseFactory(site=site, status="rejected")
    page = desk.get("/desk/queue?status=rejected").text
    assert str(rejected.id) in page and str(merged.id) not in page
    assert re.search(r'data-count="rejected">1<', page)
    found = desk.get("/desk/queue?status=rejected&q=расказал").text
    assert re.search(r'data-count="rejected">1<', found) and str(merged.id) not in found
    assert str(merged.id) not in desk.get("/desk/files/cases.csv?status=rejected").text
