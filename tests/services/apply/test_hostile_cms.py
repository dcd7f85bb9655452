"""Servers that call themselves a CMS."""

import pytest

from moderation.integrations.cms.wordpress import WordPress
from moderation.models import CmsConnection
from moderation.secret_keys import SecretKeys
from moderation.services.apply.connection import connect, run_test
from moderation.services.apply.kinds import InvalidConnection
from moderation.services.apply.send import Sender
from tests.factories import EditorFactory
from tests.support.web import serve

KEYS = SecretKeys("k" * 40)


@pytest.mark.parametrize("answer", ["[]", "null", "[[]]", '{"capabilities": []}', '"text"', "1", "<html>"])
def test_an_answer_of_another_shape_is_a_refusal_and_no_error(answer):
    with serve() as web:
        web.pages["/"] = answer
        _name, refused = run_test(WordPress(web.url, "anna", "secret", Sender(frozenset({web.host}))))
    assert refused is not None and refused.reason in ("misconfigured", "unauthorized")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("wordpress", {"address": "http://news.example", "user": "anna"}),
        ("endpoint", {"address": "HTTP://news.example"}),
        ("git", {"repository": "http://git.example/a.git", "rule": "/{a} → {a}.md"}),
    ],
)
def test_an_admin_sends_no_secret_in_the_clear(session, site, kind, given):
    admin, owner = EditorFactory(role="admin", role__site=site), EditorFactory(is_owner=True)
    values = {"secret": "whsec_c2VjcmV0", "purge_url": "", "secret_keys": KEYS}
    with pytest.raises(InvalidConnection, match="https"):
        connect(session, admin, site, kind, given, **values)
    assert session.get(CmsConnection, site.id) is None
    assert connect(session, owner, site, kind, given, **values).may_be_private


def test_a_stored_secret_stays_with_its_address(session, site):
    admin = EditorFactory(role="admin", role__site=site)
    values = {"purge_url": "", "secret_keys": KEYS}
    connect(
        session,
        admin,
        site,
        "endpoint",
        {"address": "https://cms.example"},
        secret="whsec_c2VjcmV0",
        **values,
    )
    with pytest.raises(InvalidConnection, match="missing"):
        connect(session, admin, site, "endpoint", {"address": "https://thief.example"}, secret="", **values)
