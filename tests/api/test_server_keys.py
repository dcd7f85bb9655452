"""A site's own server reports for its readers."""

from dataclasses import replace

import pytest
from msgspec import structs
from sqlalchemy import select

from moderation import create_app
from moderation.models import Report, ServerKey
from moderation.services.accounts.tokens import add_token
from moderation.services.sites.server_keys import MOST, MissingServerKey, add_server_key, revoke_server_key
from tests.factories import EditorFactory, SiteFactory
from tests.support.api import BODY
from tests.support.problems import assert_problem


@pytest.fixture
def key(session, site):
    return add_server_key(session, None, site, "back end")[1]


def post(client, key, reader="reader-1", body=BODY):
    headers = {"Authorization": f"Bearer {key}", **({"X-Reader": reader} if reader else {})}
    return client.post("/api/v1/reports", json=body, headers=headers)


def test_limits_count_the_readers_that_the_server_names(settings, session, redis, site, key):
    client = create_app(replace(settings, reader_limit="2 per minute")).test_client()
    assert [post(client, key, f"reader-{number}").status_code for number in range(5)] == [202] * 5
    assert post(client, key, "reader-0").status_code == 202
    assert_problem(post(client, key, "reader-0"), 429, type="too-many")
    hashes = session.scalars(select(Report.reader_hash)).all()
    assert (len(hashes), len(set(hashes))) == (6, 5)
    stored = session.scalars(select(ServerKey)).one()
    assert stored.last_used_at is not None
    assert key.encode() not in stored.digest


def test_a_key_names_no_reader_at_the_form(settings, session, redis, site, key):
    """A form is sent by its reader. With a key of any site a program named another reader each time."""
    client = create_app(replace(settings, reader_limit="1 per minute")).test_client()

    def fill(reader):
        headers = {"Authorization": f"Bearer {key}", "X-Reader": reader}
        return client.post(f"/report?site={SiteFactory().site_key}", data={}, headers=headers)

    assert [fill(f"reader-{number}").status_code for number in range(3)] == [422, 429, 429]


def test_a_server_needs_no_proof_of_work_but_a_page_of_its_site(client, session, site, key):
    site.settings = structs.replace(site.settings, proof_of_work=True)
    session.commit()
    assert post(client, key).status_code == 202
    assert_problem(
        post(client, key, body=BODY | {"url": "https://elsewhere.example/"}), 403, type="foreign-page"
    )


def test_an_admin_makes_lists_and_revokes_keys_over_the_api(client, session, site):
    token = add_token(session, EditorFactory(role="admin", role__site=site), "t")
    keys, headers = f"/api/v1/sites/{site.id}/server-keys", {"Authorization": f"Bearer {token}"}
    made = client.post(keys, json={"name": "back end"}, headers=headers)
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    assert post(client, made.json["key"]).status_code == 202
    (listed,) = client.get(keys, headers=headers).json["items"]
    assert (listed["name"], listed["scopes"], listed["key"]) == ("back end", ["report"], None)
    assert listed["last_used_at"]
    assert_problem(client.post(keys, json={"name": " "}, headers=headers), 422, pointer="/name")
    assert client.delete(f"{keys}/{listed['id']}", headers=headers).json["items"] == []
    gone = client.delete(f"{keys}/{listed['id']}", headers=headers)
    assert_problem(gone, 404, type="missing-server-key")
    assert_problem(post(client, made.json["key"]), 401, type="unknown-server-key")
    for number in range(MOST):
        add_server_key(session, None, site, f"{number}")
    full = client.post(keys, json={"name": "one more"}, headers=headers)
    assert_problem(full, 422, type="too-many-server-keys")


def test_what_is_refused(client, session, site, key):
    assert_problem(post(client, key, reader=None), 422, type="reader-missing")
    assert_problem(post(client, "sk_wrong"), 401, type="unknown-server-key")
    assert client.get("/api/v1/cases", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    stored = session.scalars(select(ServerKey)).one()
    with pytest.raises(MissingServerKey):
        revoke_server_key(session, None, SiteFactory(), stored.id)
    revoke_server_key(session, None, site, stored.id)
    assert_problem(post(client, key), 401, type="unknown-server-key")
