"""Webhooks over the API."""

import pytest

from moderation.services.accounts.tokens import add_token
from tests.factories import EditorFactory, SubscriberFactory
from tests.support.problems import assert_problem


@pytest.fixture
def admins(session, site):
    """The headers of an admin of the site."""
    return {
        "Authorization": f"Bearer {add_token(session, EditorFactory(role='admin', role__site=site), 't')}"
    }


def test_a_webhook_is_added_changed_given_a_new_secret_and_removed(client, site, admins):
    def call(method, path="", **body):
        return client.open("/api/v1/webhooks" + path, method=method, json=body or None, headers=admins).json

    made = call("POST", site=str(site.id), url="https://hook.example/")
    assert made["secret"].startswith("whsec_") and len(made["events"]) == 5
    changed = call("PATCH", f"/{made['id']}", active=False, events=["case.fixed"])
    assert (changed["active"], changed["events"], changed["secret"]) == (False, ["case.fixed"], None)
    assert call("POST", f"/{made['id']}/secret")["secret"] not in (None, made["secret"])
    assert call("POST", site=str(site.id), url="ftp://hook.example/")["errors"][0]["pointer"] == "/url"
    assert [item["id"] for item in call("GET", f"?site={site.id}")["items"]] == [made["id"]]
    call("DELETE", f"/{made['id']}")
    assert call("GET", f"?site={site.id}")["items"] == []


def test_a_webhook_whose_secret_is_lost_says_what_to_do(client, site, session, admins):
    webhook = SubscriberFactory(site=site, kind="webhook", sealed=b"of another key")
    session.commit()
    answer = client.post(f"/api/v1/webhooks/{webhook.id}/secret", headers=admins)
    assert_problem(answer, 422, pointer="/secret", words="add it again", type="invalid-request")
