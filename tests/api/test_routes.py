"""Routing rules over the API."""

from moderation.services.accounts.tokens import add_token
from tests.factories import EditorFactory


def test_rules_are_replaced_as_a_whole_and_a_wrong_one_is_named(client, session, site):
    admin = EditorFactory(role="admin", role__site=site)
    headers, path = (
        {"Authorization": f"Bearer {add_token(session, admin, 't')}"},
        f"/api/v1/sites/{site.id}/routes",
    )
    rules = [
        {"by": "section", "value": "Город", "member": str(admin.id), "channel": None},
        {"by": "author", "value": "Анна", "member": None, "channel": str(site.id)},
    ]
    refused = client.put(path, json={"items": rules}, headers=headers)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/items/1")
    assert client.put(path, json={"items": rules[:1]}, headers=headers).json["items"] == rules[:1]
    assert client.get(path, headers=headers).json["items"] == rules[:1]
    for value in ("a\x00b", "a\nb", " ", "\u202eb"):
        answer = client.put(path, json={"items": [rules[0] | {"value": value}]}, headers=headers)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/items/0")
    assert client.put(path, json={"items": []}, headers=headers).json["items"] == []
