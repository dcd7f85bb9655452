"""The queue's filters, its live part and its steps, as forms and JSON."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from moderation.models import Membership
from moderation.services.cases.presence import Presence
from moderation.web.extensions import db_session
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    SiteFactory,
    SuggestionFactory,
)
from tests.support.desk import csrf, post
from tests.support.plans import statements_of


class TestFilters:
    @pytest.mark.parametrize(
        "query",
        [
            "kind=grammar", "lang=en", "section=https://news.example/sport/", "suggestion=with", "age=older",
            "assignee=me", "q=running", "url=https://news.example/sport/1%23x", "site={site}%26kind=grammar",
        ],
    )  # fmt: skip
    def test_each_narrows_the_list(self, session, desk, site, editor, case, query):
        case.first_reported_at = datetime.now(UTC)
        other = CaseFactory(
            site=site, page=PageFactory(site_id=site.id, url="https://news.example/sport/1"), kind="grammar",
            lang="en-GB", assignee_id=editor.id, exact="running", first_reported_at=NOON - timedelta(days=99),
        )  # fmt: skip
        SuggestionFactory(case_id=other.id, text="ran", source="reader", votes=1)
        session.commit()
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
            PageFactory(site_id=site.id, section=section)
        PageFactory(site_id=SiteFactory().id, section="Чужой")
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


def test_the_chosen_site_is_remembered_until_all_are_chosen(session, desk, editor, site, case):
    other = CaseFactory()
    session.add(Membership(editor_id=editor.id, site_id=other.site_id, role="viewer"))
    session.commit()

    def shown(query: str = "") -> set[str]:
        page = desk.get(f"/desk/queue{query}", follow_redirects=True).text
        return set(re.findall(r'data-case="([^"]+)"', page))

    assert shown() == {str(case.id), str(other.id)}
    assert shown(f"?site={site.id}") == shown("?sort=newest") == shown("?status=open") == {str(case.id)}
    assert desk.get("/desk/pages").location == f"/desk/pages?site={site.id}"
    assert shown("?site=") == shown() == {str(case.id), str(other.id)}


class TestLive:
    def ask(self, client, query="", **form):
        form = {"since": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()} | form
        return post(client, f"/desk/queue/live?{query}", **form)

    def test_what_matches_now_and_what_does_not_any_more(self, desk, site):
        case, gone = CaseFactory(site=site), CaseFactory(site=site, status="spam")
        news = self.ask(desk, shown=f"{case.id} {gone.id}").get_json()
        [row] = news["rows"]
        assert (row["id"], row["version"]) == (str(case.id), 1) and f'id="case-{case.id}"' in row["html"]
        assert news["gone"] == {str(gone.id): "Spam by Corrigenda"}
        assert news["counts"] == {"open": "1", "accepted": "0", "rejected": "0", "spam": "1", "fixed": "0"}

    def test_only_what_changed_since(self, session, desk, site, case):
        case.changed_at = datetime.now(UTC) - timedelta(hours=1)
        session.commit()
        assert self.ask(desk).get_json()["rows"] == []

    def test_who_looks_at_what(self, desk, redis, editor, case):
        anna = EditorFactory(is_owner=True, name="Анна")
        Presence(redis).enter(anna, case.id)
        assert self.ask(desk, shown=str(case.id)).get_json()["claims"] == {str(case.id): "Анна"}
        Presence(redis).leave(anna, case.id)
        self.ask(desk, at=str(case.id))
        assert Presence(redis).of_others(anna, [case.id]) == {case.id: editor.email}
        self.ask(desk, left=str(case.id))
        assert Presence(redis).of_others(anna, [case.id]) == {}

    def test_a_foreign_case_is_looked_at_by_nobody(self, desk, redis):
        foreign, anna = CaseFactory(), EditorFactory(is_owner=True)
        self.ask(desk, at=str(foreign.id))
        assert Presence(redis).of_others(anna, [foreign.id]) == {}
        Presence(redis).enter(anna, foreign.id)
        assert self.ask(desk, shown=str(foreign.id)).get_json()["claims"] == {}

    @pytest.mark.parametrize(
        "form", [{"since": "now"}, {"since": "2026-01-01T00:00:00"}, {"at": "x"}, {"shown": "x"}]
    )
    def test_a_question_that_is_none(self, desk, form):
        assert self.ask(desk, **form).status_code == 422


class TestSteps:
    def test_the_queues_script_gets_the_row(self, desk, case):
        form = {"version": "1", "action": "reject"}
        token = csrf(desk.get("/desk/queue").text)
        path, headers = f"/desk/cases/{case.id}/decisions?status=open", {"Accept": "application/json"}
        done = desk.post(path, data={"csrf_token": token, **form}, headers=headers).get_json()
        assert (done["status"], done["version"], done["message"]) == (
            "rejected",
            2,
            f"Rejected: {case.exact}",
        )
        late = desk.post(path, data={"csrf_token": token, **form}, headers=headers)
        assert late.status_code == 409 and late.get_json()["version"] == 2
        assert "Already rejected" in late.get_json()["message"]
        anyway = form | {"csrf_token": token, "version": "2", "action": "accept", "override": "yes"}
        assert desk.post(path, data=anyway, headers=headers).get_json()["status"] == "accepted"

    def test_without_scripts_a_conflict_offers_to_decide_anew(self, desk, case):
        post(desk, f"/desk/cases/{case.id}/decisions", version="1", action="reject")
        late = post(desk, f"/desk/cases/{case.id}/decisions", version="1", action="accept")
        assert (
            late.status_code == 409 and "Change the decision" in late.text and 'name="override"' in late.text
        )


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
