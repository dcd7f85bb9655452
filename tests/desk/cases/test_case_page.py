"""What a case's page offers beside a decision."""

import re

from uuid_utils.compat import uuid7

from moderation.domain.sites.settings import SiteSettings
from moderation.services.cases.pairs import remember_pair
from moderation.services.cases.step import merge_away
from moderation.services.events import Fact, record
from moderation.services.outbox.fan_out import fan_out
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    ReportFactory,
    SubscriberFactory,
    SuggestionFactory,
    place_in,
)
from tests.support.desk import csrf, post, sign_in


class TestCasePage:
    def test_an_assignment_of_a_script_is_answered_with_its_undo(self, session, desk, editor, case):
        path, headers = f"/desk/cases/{case.id}/assign", {"Accept": "application/json"}
        done = desk.post(
            path, data={"csrf_token": csrf(desk.get("/desk/queue").text), "assignee": str(editor.id)},
            headers=headers,
        ).get_json()  # fmt: skip
        assert case.exact in done["message"] and editor.display_name in done["message"]
        undone = desk.post(
            done["undo"], data={"csrf_token": csrf(desk.get("/desk/queue").text)}, headers=headers
        )
        session.refresh(case)
        assert case.assignee_id is None and undone.get_json()["undo"] is None

    def test_the_assignee_is_named_also_when_the_account_left_or_is_disabled(self, session, desk, site, case):
        for nobody in (EditorFactory(), EditorFactory(role="editor", role__site=site, disabled_at=NOON)):
            case.assignee_id = nobody.id
            session.commit()
            page = desk.get(f"/desk/cases/{case.id}").text
            assert f'<option value="{nobody.id}" selected>{nobody.display_name}</option>' in page

    def test_merge_split_and_assign(self, session, desk, site, editor, case):
        path = f"/desk/cases/{case.id}"
        assert post(desk, f"{path}/assign", assignee=str(editor.id)).location == path
        session.refresh(case)
        assert case.assignee_id == editor.id
        for wrong in ("x", str(EditorFactory().id)):
            assert post(desk, f"{path}/assign", assignee=wrong).status_code == 422
        other = CaseFactory(site=site, page=case.page)
        page = desk.get(path).text
        assert ">Merge</button>" in page and f'name="into" value="{other.id}"' in page
        assert post(desk, f"{path}/merge", into=str(CaseFactory(site=site).id)).status_code == 422
        assert post(desk, f"{path}/merge", into=str(other.id)).location == f"/desk/cases/{other.id}"
        assert post(desk, f"/desk/cases/{other.id}/split").status_code == 422

    def test_a_merged_case_names_the_other_passage_and_the_editor(self, session, desk, site, editor, case):
        into = CaseFactory(site=site, page=case.page, exact="word " * 30 + "enough")
        case.report_count, editor.name = 0, "Anna Petrova"
        merge_away(session, case, into, by=editor.id, now=NOON)
        session.commit()
        page = desk.get(f"/desk/cases/{case.id}").text
        shown = " ".join(["word"] * 8) + " … " + " ".join(["word"] * 6) + " enough"
        assert f"Merged into “{shown}”" in page
        history = page.partition("<h2>History</h2>")[2]
        assert "Anna Petrova" in history and "Corrigenda" not in history.partition("</ul>")[0]
        assert f">{shown}</a>" in page  # among the other cases of the page

    def test_below_its_row_a_case_leads_to_a_rejection_with_a_reason(self, session, desk, case):
        link = rf'<a href="/desk/cases/{case.id}[^"]*">Reject with a reason…</a>'
        assert re.search(link, desk.get(f"/desk/cases/{case.id}/pane").text)
        case.status = "rejected"
        session.commit()
        assert "Reject with a reason" not in desk.get(f"/desk/cases/{case.id}/pane").text

    def test_equal_reports_are_one_item_and_are_split_off_together(self, session, desk, site, case):
        equal = [ReportFactory(site=site, comment="тут") for _ in range(2)]
        for report in (*equal, ReportFactory(site=site, comment="другое")):
            place_in(session, report, case)
        case.report_count = 3
        session.commit()
        path = f"/desk/cases/{case.id}"
        page = desk.get(path).text
        [together] = [value for value in re.findall(r'name="report" value="([^"]+)"', page) if "," in value]
        assert set(together.split(",")) == {str(report.id) for report in equal} and "× 2" in page
        new_case = post(desk, f"{path}/split", report=together).location
        assert "2 reports" in desk.get(new_case).text

    def test_somebody_else_looks_at_it(self, app, desk, site, case):
        colleague = app.test_client()
        sign_in(colleague, EditorFactory(role="viewer", role__site=site, name="Анна").email)
        assert post(colleague, f"/desk/cases/{case.id}/presence").get_json() == {"other": None}
        assert post(desk, f"/desk/cases/{case.id}/presence").get_json() == {"other": "Анна"}
        assert "Анна is viewing this case" in desk.get(f"/desk/cases/{case.id}").text
        post(colleague, f"/desk/cases/{case.id}/presence", leave="yes")
        assert post(desk, f"/desk/cases/{case.id}/presence").get_json() == {"other": None}

    def test_a_reason_goes_to_the_reader(self, session, desk, site, case, client):
        form = {"version": "1", "action": "reject", "reason": "Это цитата", "note": "между нами"}
        post(desk, f"/desk/cases/{case.id}/decisions", **form)
        page = desk.get(f"/desk/cases/{case.id}").text
        assert "Reply to the reader: Это цитата" in page and "между нами" in page


class TestSamePair:
    def test_a_pair_rejected_twice_is_shown_and_becomes_a_house_word(self, session, admin, site):
        case, *earlier = (CaseFactory(site=site) for _ in range(3))
        for one in (case, *earlier):
            SuggestionFactory(case=one)
            session.refresh(one)
            remember_pair(one)
        for one in earlier:
            one.status = "rejected"
        session.commit()
        path = f"/desk/cases/{case.id}"
        page = admin.get(path).text
        assert "Rejected before, 2 times" in page and "Add “расказал” to the house word list" in page
        post(admin, f"{path}/house-word", page=path)
        session.refresh(site)
        assert site.settings.word_list == ["расказал"]
        page = admin.get(path).text
        assert "In the house word list" in page and "to the house word list</button>" not in page
        post(admin, f"{path}/house-word/remove", page=path)
        session.refresh(site)
        assert site.settings.word_list == []

    def test_a_passage_that_is_no_word_is_refused_and_the_list_has_an_end(self, session, admin, site):
        case = CaseFactory(site=site, exact="слово " * 20)
        session.commit()
        assert post(admin, f"/desk/cases/{case.id}/house-word").status_code == 422
        case.exact = "слово"
        site.settings = SiteSettings(word_list=[f"w{number}" for number in range(20_000)])
        session.commit()
        assert post(admin, f"/desk/cases/{case.id}/house-word").status_code == 422

    def test_a_script_gets_the_decided_cases_and_the_undo(self, session, desk, site):
        cases = [CaseFactory(site=site) for _ in range(2)]
        for one in cases:
            SuggestionFactory(case=one)
            session.refresh(one)
            remember_pair(one)
        session.commit()
        page = f"/desk/cases/{cases[0].id}"
        assert "1 more case</a>" in desk.get(page).text
        data = {"action": "accept", "confirmed": "2", "csrf_token": csrf(desk.get(page).text)}
        path = f"/desk/bulk/matching?site={site.id}&pair={cases[0].pair.hex()}"
        answer = desk.post(path, data=data, headers={"Accept": "application/json"}).get_json()
        assert set(answer["done"]) == {str(case.id) for case in cases} and answer["more"] is None
        assert answer["message"] == "2 cases accepted"
        undone = desk.post(answer["undo"], data=data, headers={"Accept": "application/json"}).get_json()
        assert undone["message"] == "2 cases reopened" and undone["undo"] is None


def test_it_shows_what_was_sent_about_the_case(desk, session, site, case):
    SubscriberFactory(site=site, name="CMS")
    record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
    fan_out(session)
    shown = desk.get(f"/desk/cases/{case.id}").text.partition("What was sent")[2]
    assert "CMS" in shown and "A new case" in shown and "Waiting" in shown


def test_many_readers_do_not_hide_what_was_sent_about_the_decision(desk, session, site, case):
    SubscriberFactory(site=site)
    record(session, site.id, [Fact("report.received", uuid7(), case.id) for _ in range(60)], NOON)
    record(session, site.id, [Fact("case.decided", uuid7(), case.id)], NOON)
    fan_out(session)
    shown = desk.get(f"/desk/cases/{case.id}").text.partition("What was sent")[2]
    assert "A case is accepted, rejected or spam" in shown
