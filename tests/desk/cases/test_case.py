import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from moderation.domain.cases.priority import priority
from moderation.models import Decision
from moderation.services.triage.place import place
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    ReportFactory,
    SiteFactory,
    SuggestionFactory,
    place_in,
)
from tests.support.desk import csrf, sign_in, step

SCRIPT = "<script>alert('x')</script>"


class TestQueue:
    def test_newest_first_with_passage_and_correction(self, session, desk, site, case):
        newer = CaseFactory(site=site, exact="милионов", prefix="сорок ", suffix=" рублей")
        SuggestionFactory(case_id=newer.id, text="миллионов", source="reader", votes=1)
        session.commit()
        page = desk.get("/desk/queue").text
        assert page.index("милионов") < page.index("расказал")
        assert "<del>милионов</del> <ins>миллионов</ins>" in page
        assert "<mark>расказал</mark>" in page
        assert '<span class="count" data-count="open">2</span>' in page

    def test_it_says_what_to_do_when_it_is_empty(self, desk):
        assert "All clear. No open cases." in desk.get("/desk/queue").text

    def test_each_status_has_its_tab(self, desk, site):
        for status in ("open", "accepted", "rejected", "spam", "fixed"):
            CaseFactory(site=site, status=status, exact=f"word-{status}")
        for status in ("open", "accepted", "rejected", "spam", "fixed"):
            page = desk.get(f"/desk/queue?status={status}").text
            assert page.count('<li class="case"') == 1 and f"word-{status}" in page

    def test_it_pages(self, desk, site):
        made = {str(CaseFactory(site=site).id) for _ in range(35)}
        first = desk.get("/desk/queue")
        assert first.text.count('<li class="case"') == 30
        older = first.text.split("cursor=")[1].split('"')[0]
        second = desk.get(f"/desk/queue?status=open&cursor={older}").text
        assert second.count('<li class="case"') == 5
        assert {id_ for id_ in made if id_ in first.text} | {id_ for id_ in made if id_ in second} == made

    def test_search(self, desk, case):
        assert "расказал" in desk.get("/desk/queue?q=расказ").text
        nothing = desk.get("/desk/queue?q=<b>").text
        assert "No cases found for “&lt;b&gt;”." in nothing

    def test_the_most_urgent_first_with_its_reasons(self, desk, site):
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
        assert desk.get("/desk/queue?sort=best").status_code == 404

    def test_spam_says_why(self, desk, site):
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

    @pytest.mark.parametrize("query", ["status=shut", "cursor=x"])
    def test_a_part_that_does_not_exist(self, desk, query):
        assert desk.get(f"/desk/queue?{query}").status_code == 404


class TestCase:
    def test_its_reports_and_its_history(self, session, desk, site, case, editor):
        report = ReportFactory(site=site, correction="рассказал", comment="две «с»", kind="spelling")
        place_in(session, report, case)
        session.commit()
        step(desk, case, action="reject", note="так задумано")
        page = desk.get(f"/desk/cases/{case.id}").text
        for shown in (
            "<ins>рассказал</ins>",
            "две «с»",
            "Spelling",
            "так задумано",
            "Rejected",
            editor.email,
        ):
            assert shown in page

    def test_the_spellers_word_and_what_the_page_reads_now(self, session, desk, site):
        case = CaseFactory(site=site, status="fixed", state="changed", mended_text="рассказал")
        SuggestionFactory(case_id=case.id, text="рассказал", source="speller", votes=0, confidence=0.96)
        session.commit()
        page = desk.get(f"/desk/cases/{case.id}").text
        assert "spell checker, 96%" in page
        assert "Now on the page: <ins>рассказал</ins>" in page

    def test_the_same_passage_on_other_pages_at_once(self, session, desk, site):
        case, other = (CaseFactory(site=site, fingerprint=b"f" * 16) for _ in range(2))
        assert "Also apply to 1 other page" in desk.get(f"/desk/cases/{case.id}").text
        answer = step(desk, case, action="accept", correction="рассказал", everywhere="yes")
        assert "Also decided on 1 other page" in desk.get(answer.location).text
        session.refresh(other)
        assert (other.status, other.correction) == ("accepted", "рассказал")

    @pytest.mark.parametrize(
        ("status", "action", "then"),
        [
            ("open", "accept", "accepted"), ("open", "reject", "rejected"), ("open", "spam", "spam"),
            ("open", "fix", "fixed"), ("accepted", "fix", "fixed"), ("accepted", "reopen", "open"),
            ("rejected", "reopen", "open"), ("spam", "reopen", "open"), ("fixed", "reopen", "open"),
        ],
    )  # fmt: skip
    def test_every_step(self, session, desk, site, status, action, then):
        case = CaseFactory(site=site, status=status)
        answer = step(desk, case, action=action, correction="рассказал")
        assert answer.status_code == 302
        session.refresh(case)
        assert case.status == then
        assert case.correction == ("рассказал" if action in ("accept", "fix") else None)

    def test_after_a_step_the_editor_is_back_in_the_list(self, desk, case):
        answer = step(desk, case, action="accept")
        assert parse_qs(urlsplit(answer.location).query) == {"status": ["open"]}
        assert "Accepted: " in desk.get(answer.location).text

    def test_a_step_on_the_cases_page_leads_to_the_next_of_its_list_and_undo_back(self, desk, site):
        first, second, third = (
            CaseFactory(site=site, kind="fact", first_reported_at=NOON - timedelta(hours=age))
            for age in range(3)
        )
        CaseFactory(site=site, first_reported_at=NOON - timedelta(minutes=90))
        query = {"status": ["open"], "kind": ["fact"], "sort": ["newest"]}
        page = desk.get(f"/desk/cases/{second.id}?kind=fact&sort=newest").text
        links = dict(re.findall(r'data-(next|previous)-case\s+href="/desk/cases/([^?]+)', page))
        assert links == {"next": str(third.id), "previous": str(first.id)}
        action = unescape(re.search(r'data-steps[^>]*action="([^"]+)"', page)[1])
        answer = desk.post(action, data={"csrf_token": csrf(page), "version": 1, "action": "reject"})
        assert urlsplit(answer.location).path == f"/desk/cases/{third.id}"
        assert parse_qs(urlsplit(answer.location).query) == query
        page = desk.get(answer.location).text
        undo = unescape(re.search(r'class="undo" method="post" action="([^"]+)"', page)[1])
        answer = desk.post(undo, data={"csrf_token": csrf(page), "version": 2, "action": "reopen"})
        assert urlsplit(answer.location).path == f"/desk/cases/{second.id}"
        assert parse_qs(urlsplit(answer.location).query) == query

    def test_somebody_was_faster(self, session, desk, case):
        answer = step(desk, case, action="accept", version=7)
        assert answer.status_code == 409
        assert "This case was updated while you were viewing it." in answer.text
        assert session.scalars(select(Decision)).all() == []

    def test_a_step_the_status_does_not_allow(self, desk, case):
        assert step(desk, case, action="reopen").status_code == 409

    @pytest.mark.parametrize(
        "form", [{"action": "delete"}, {"version": ""}, {"action": "accept", "correction": "я" * 1001}]
    )
    def test_a_form_that_is_not_ours(self, session, desk, case, form):
        assert step(desk, case, **({"action": "accept"} | form)).status_code == 422
        assert session.scalars(select(Decision)).all() == []


class TestRights:
    def test_a_viewer_reads_and_has_no_buttons(self, client, site, case):
        sign_in(client, EditorFactory(role="viewer", role__site=site).email)
        page = client.get(f"/desk/cases/{case.id}").text
        assert "расказал" in page and 'name="action"' not in page
        answer = step(client, case, action="accept")
        assert answer.status_code == 403

    def test_a_foreign_case_looks_absent(self, client, case):
        sign_in(client, EditorFactory(role="admin", role__site=SiteFactory()).email)
        assert "расказал" not in client.get("/desk/queue").text
        other = uuid7()
        foreign, unknown = client.get(f"/desk/cases/{case.id}"), client.get(f"/desk/cases/{other}")
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        foreign_page, unknown_page = (answer.text.partition("<main")[2] for answer in (foreign, unknown))
        assert foreign_page == unknown_page != ""
        form = {"csrf_token": csrf(client.get("/desk/queue").text), "version": 1, "action": "accept"}
        assert client.post(f"/desk/cases/{case.id}/decisions", data=form).status_code == 404

    def test_an_owner_sees_every_site(self, client, case):
        sign_in(client, EditorFactory(is_owner=True).email)
        assert "расказал" in client.get("/desk/queue").text


def test_what_readers_send_is_text(session, desk, site, redis, client):
    """Script in every field a reader fills, through the real intake and triage."""
    body = {
        "url": f"https://news.example/{SCRIPT}",
        "quote": {"exact": SCRIPT, "prefix": SCRIPT + " ", "suffix": " " + SCRIPT},
        "correction": f"<img src=x onerror=alert(1)> {SCRIPT}",
        "comment": SCRIPT,
        "title": f"</title>{SCRIPT}",
    }
    sent = client.post("/api/v1/reports", json=body, headers={"X-Site-Key": site.site_key})
    assert sent.status_code == 202
    place(session, [sent.get_json()["id"]], datetime.now(UTC))
    session.commit()
    queue = desk.get("/desk/queue").text
    case_page = desk.get("/desk/cases/" + queue.split('id="case-')[1].split('"')[0]).text
    receipt = desk.get(urlsplit(sent.get_json()["receipt"]["url"]).path).text
    for page in (queue, case_page, receipt):
        assert "&lt;script&gt;alert(" in page
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "default-src 'self'" in desk.get("/desk/queue").headers["Content-Security-Policy"]
