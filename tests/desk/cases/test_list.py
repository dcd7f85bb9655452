"""The list of cases at the desk: order, tabs, pages, search."""

from datetime import UTC, datetime, timedelta

from moderation.domain.cases.priority import priority
from tests.factories import (
    CaseFactory,
    SuggestionFactory,
)


def test_newest_first_with_passage_and_correction(session, desk, site, case):
    newer = CaseFactory(site=site, exact="милионов", prefix="сорок ", suffix=" рублей")
    SuggestionFactory(case=newer, text="миллионов", source="reader", votes=1)
    session.commit()
    page = desk.get("/desk/queue").text
    assert page.index("милионов") < page.index("расказал")
    assert "<del>милионов</del> <ins>миллионов</ins>" in page
    assert "<mark>расказал</mark>" in page
    assert '<span class="count" data-count="open">2</span>' in page


def test_it_says_what_to_do_when_it_is_empty(desk):
    assert "All clear. No open cases." in desk.get("/desk/queue").text


def test_each_status_has_its_tab(desk, site):
    for status in ("open", "accepted", "rejected", "spam", "fixed"):
        CaseFactory(site=site, status=status, exact=f"word-{status}")
    for status in ("open", "accepted", "rejected", "spam", "fixed"):
        page = desk.get(f"/desk/queue?status={status}").text
        assert page.count('<li class="case"') == 1 and f"word-{status}" in page


def test_the_queue_shows_30_cases_per_page_and_each_case_once(desk, site):
    made = {str(CaseFactory(site=site).id) for _ in range(35)}
    first = desk.get("/desk/queue")
    assert first.text.count('<li class="case"') == 30
    older = first.text.split("cursor=")[1].split('"')[0]
    second = desk.get(f"/desk/queue?status=open&cursor={older}").text
    assert second.count('<li class="case"') == 5
    assert {id_ for id_ in made if id_ in first.text} | {id_ for id_ in made if id_ in second} == made


def test_a_search_finds_passages_and_names_itself_when_nothing_is_found(desk, case):
    assert "расказал" in desk.get("/desk/queue?q=расказ").text
    nothing = desk.get("/desk/queue?q=<b>").text
    assert "No cases found for “&lt;b&gt;”." in nothing


def test_the_most_urgent_first_with_its_reasons(desk, site):
    at = datetime.now(UTC) - timedelta(days=2, minutes=5)
    urgent = priority(readers=2, confidence=0.9, page_reports=1, last_reported_at=at)
    CaseFactory(
        site=site,
        exact="срочно",
        reader_count=2,
        last_reported_at=at,
        priority=urgent.points,
        priority_reasons=list(urgent.reasons),
    )
    CaseFactory(site=site, exact="терпит", priority=1.0)
    page = desk.get("/desk/queue").text
    assert page.index("срочно") < page.index("терпит")
    assert "Priority 2.7: 2 readers, correction ready, 2 days old" in page
    newest = desk.get("/desk/queue?sort=newest").text
    assert newest.index("терпит") < newest.index("срочно")


def test_spam_says_why(desk, site):
    CaseFactory(
        site=site, status="spam", spam_reasons=["links", "flood", "gibberish", "learned", "not_on_page"]
    )
    page = desk.get("/desk/queue?status=spam").text
    for words in (
        "contains a link",
        "many reports from one reader",
        "random characters",
        "similar to known spam",
        "passage not found on the page",
    ):
        assert words in page


def test_a_part_that_does_not_exist(desk):
    assert desk.get("/desk/queue?cursor=x").status_code == 404
