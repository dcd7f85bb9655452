from datetime import UTC, datetime, timedelta

from moderation.services.accounts.tokens import add_token
from tests.factories import CaseFactory, EditorFactory
from tests.support.problems import assert_problem


def test_a_token_may_do_what_its_scopes_allow(client, session, site):
    editor = EditorFactory(role="editor", role__site=site)
    reads = {"Authorization": "Bearer " + add_token(session, editor, "reads", scopes=["read"])}
    decides = {"Authorization": "Bearer " + add_token(session, editor, "decides", scopes=["decide"])}
    case = CaseFactory(site=site)
    step = {"action": "accept", "version": 1}
    assert client.get(f"/api/v1/cases/{case.id}", headers=reads).status_code == 200
    assert_problem(client.get(f"/api/v1/cases/{case.id}", headers=decides), 403, words="lacks the `read`")
    refused = client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=reads)
    assert_problem(refused, 403, words="lacks the `decide`")
    assert client.post(f"/api/v1/cases/{case.id}/decisions", json=step, headers=decides).status_code == 200


def test_a_token_that_decides_makes_no_other_way_in_although_its_editor_is_an_admin(client, session, site):
    admin = EditorFactory(role="admin", role__site=site)
    token = add_token(session, admin, "CMS", scopes=["read", "decide"])
    headers = {"Authorization": f"Bearer {token}"}
    hook = {"site": str(site.id), "url": "https://thief.example/"}
    keys, routes = f"/api/v1/sites/{site.id}/server-keys", f"/api/v1/sites/{site.id}/routes"
    for answer in (
        client.post("/api/v1/webhooks", json=hook, headers=headers),
        client.post(keys, json={"name": "thief"}, headers=headers),
        client.put(routes, json={"items": []}, headers=headers),
    ):
        assert_problem(answer, 403, words="lacks the `manage`")
    manages = {"Authorization": "Bearer " + add_token(session, admin, "tools", scopes=["manage"])}
    assert client.post("/api/v1/webhooks", json=hook, headers=manages).status_code == 201


def test_an_expired_token_is_refused(client, session, site):
    editor = EditorFactory(role="editor", role__site=site)
    token = add_token(session, editor, "old", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert_problem(client.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"}), 401)
