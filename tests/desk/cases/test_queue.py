"""The queue's filters, its live part, bulk steps and saved views, as forms and JSON."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.models import Bulk, Membership, SavedView
from moderation.services.cases.presence import Presence
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    SavedViewFactory,
    SiteFactory,
    SuggestionFactory,
)
from tests.support.desk import csrf


def post(client, path, **form):
    return client.post(path, data={"csrf_token": csrf(client.get("/desk/queue").text), **form})


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
            "kind=x",
            "lang=de",
            "age=year",
            "suggestion=maybe",
            "site=x",
            "assignee=you",
            "url=x",
        ],
    )
    def test_what_there_is_not(self, desk, query):
        assert desk.get(f"/desk/queue?{query}").status_code == 404
        assert desk.get(f"/desk/bulk/matching?{query}").status_code == 404
        assert post(desk, f"/desk/queue/live?{query}", since="2026-01-01T00:00:00Z").status_code == 404

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


class TestBulk:
    def test_selected_ones_and_back(self, session, desk, site):
        cases = [CaseFactory(site=site) for _ in range(3)]
        ticked = [f"{case.id}:{case.version}" for case in cases[:2]] + [f"{cases[2].id}:9"]
        answer = post(desk, "/desk/bulk?kind=", action="reject", case=ticked)
        page = desk.get(answer.location).text
        assert "2 cases rejected" in page and "1 case was skipped." in page and "Undo all" in page
        made = session.scalars(select(Bulk)).one()
        shown = desk.get(post(desk, f"/desk/bulk/{made.id}/undo").location).text
        assert "Reopen: 2 / 2" in shown
        assert post(desk, f"/desk/bulk/{made.id}/undo").status_code == 409

    @pytest.mark.parametrize("form", [{"case": []}, {"action": "delete"}])
    def test_nothing_selected(self, desk, case, form):
        answer = post(desk, "/desk/bulk", **({"action": "reject", "case": f"{case.id}:1"} | form))
        assert "No cases selected" in desk.get(answer.location).text

    def test_a_case_that_is_none(self, desk):
        assert post(desk, "/desk/bulk", action="reject", case="x:1").status_code == 422

    def test_all_that_match_after_a_look_at_their_number(self, desk, site):
        for _ in range(3):
            CaseFactory(site=site, kind="fact")
        CaseFactory(site=site)
        page = desk.get("/desk/bulk/matching?kind=fact").text
        assert "3 matching cases" in page and "Reject (3)" in page
        stale = post(desk, "/desk/bulk/matching?kind=fact", action="reject", confirmed="2")
        assert stale.status_code == 409 and "3 matching cases" in stale.text
        assert post(desk, "/desk/bulk/matching?kind=fact", action="reject").status_code == 422
        answer = post(
            desk, "/desk/bulk/matching?kind=fact", action="reject", confirmed="3", reason="так и надо"
        )
        assert "Reject: 3 / 3" in desk.get(answer.location).text

    def test_accepting_all_skips_the_cases_without_a_suggestion(self, session, desk, site):
        with_one, without = CaseFactory(site=site), CaseFactory(site=site)
        SuggestionFactory(case_id=with_one.id, text="рассказал", source="reader", votes=1)
        session.commit()
        queue = desk.get("/desk/queue").text
        assert re.search(r'Select all <span data-matching="open">2</span> matching', queue)
        page = desk.get("/desk/bulk/matching").text
        assert "Accept (1)" in page and "Reject (2)" in page and "1 case has no suggestion" in page
        post(desk, "/desk/bulk/matching", action="accept", confirmed="2", ready="1")
        session.expire_all()
        assert (with_one.status, without.status) == ("accepted", "open")


class TestViews:
    def test_one_is_kept_replaced_and_forgotten(self, session, desk, editor):
        post(desk, "/desk/views?kind=fact", name="Факты")
        post(desk, "/desk/views?kind=fact&lang=en", name="Факты")
        view = session.scalars(select(SavedView)).one()
        assert view.query == "status=open&kind=fact&lang=en"
        assert "?status=open&amp;kind=fact&amp;lang=en" in desk.get("/desk/queue").text
        post(desk, f"/desk/views/{view.id}/drop")
        assert session.scalars(select(SavedView.id)).all() == []

    def test_one_of_all_sites_is_current_at_each_and_is_not_saved_again(self, session, desk, editor, site):
        SavedViewFactory(editor_id=editor.id, query="status=open&kind=fact")
        session.commit()
        page = desk.get(f"/desk/queue?site={site.id}&status=open&kind=fact").text
        assert 'aria-current="true">View' in page and "Save view" not in page
        assert "Save view" in desk.get(f"/desk/queue?site={site.id}&status=open&kind=other").text

    def test_one_is_renamed_but_not_to_the_name_of_another(self, session, desk, editor):
        first, second = SavedViewFactory.create_batch(2, editor_id=editor.id)
        session.commit()
        post(desk, f"/desk/views/{first.id}/name", name=" Факты ")
        answer = post(desk, f"/desk/views/{second.id}/name", name="Факты")
        assert "You have a view with this name already" in desk.get(answer.location).text
        session.expire_all()
        assert (first.name, second.name) == ("Факты", second.name) and second.name != "Факты"

    def test_another_editors_stays(self, session, desk):
        theirs = SavedViewFactory(editor_id=EditorFactory().id)
        post(desk, f"/desk/views/{theirs.id}/drop")
        post(desk, f"/desk/views/{theirs.id}/name", name="Моё")
        session.expire_all()
        assert session.scalars(select(SavedView.name)).all() == [theirs.name] != ["Моё"]

    @pytest.mark.parametrize("name", ["", "x" * 61])
    def test_a_name_that_is_none(self, desk, name):
        answer = post(desk, "/desk/views?kind=fact", name=name)
        assert "Enter a name of up to" in desk.get(answer.location).text

    def test_no_more_than_twenty(self, session, desk, editor):
        views = SavedViewFactory.create_batch(20, editor_id=editor.id)
        session.commit()
        answer = post(desk, "/desk/views?kind=fact", name="one more")
        assert "You can save up to 20 views" in desk.get(answer.location).text
        answer = post(desk, "/desk/views?kind=fact", name=views[0].name)
        assert "You can save" not in desk.get(answer.location).text
