"""Who may see and decide a case."""

from uuid_utils.compat import uuid7

from tests.factories import (
    EditorFactory,
    SiteFactory,
)
from tests.support.desk import csrf, sign_in, step


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
