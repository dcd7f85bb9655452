import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from moderation.models import Decision
from moderation.services.triage.place import place
from tests.factories import (
    NOON,
    CaseFactory,
    ReportFactory,
    SuggestionFactory,
    place_in,
)
from tests.support.desk import csrf, step

SCRIPT = "<script>alert('x')</script>"


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
        SuggestionFactory(case=case, text="рассказал", source="speller", votes=0, confidence=0.96)
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
    def test_each_step_leads_to_its_status(self, session, desk, site, status, action, then):
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
