"""What a case's page offers beside a decision."""

from tests.factories import CaseFactory, EditorFactory
from tests.support.desk import post, sign_in


class TestCasePage:
    def test_merge_split_and_assign(self, session, desk, site, editor, case):
        path = f"/desk/cases/{case.id}"
        assert post(desk, f"{path}/assign", assignee=str(editor.id)).location == path
        session.refresh(case)
        assert case.assignee_id == editor.id
        for wrong in ("x", str(EditorFactory().id)):
            assert post(desk, f"{path}/assign", assignee=wrong).status_code == 422
        other = CaseFactory(site=site, page=case.page)
        assert ">Merge</button>" in desk.get(path).text
        assert post(desk, f"{path}/merge", into=str(CaseFactory(site=site).id)).status_code == 422
        assert post(desk, f"{path}/merge", into=str(other.id)).location == f"/desk/cases/{other.id}"
        assert post(desk, f"/desk/cases/{other.id}/split").status_code == 422

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
