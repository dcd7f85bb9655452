"""Servers that call themselves a CMS."""

import base64
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from sqlalchemy import select

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.endpoint import Endpoint
from moderation.integrations.cms.wordpress import WordPress
from moderation.models import CmsConnection, CorrectionApply
from moderation.secret_keys import SecretKeys
from moderation.services.apply.connection import connect, run_test
from moderation.services.apply.kinds import InvalidConnection
from moderation.services.apply.send import Sender
from moderation.services.apply.work import Applier
from moderation.services.cases.apply import accept_and_apply
from tests.factories import CaseFactory, CmsConnectionFactory, EditorFactory, SiteFactory
from tests.support.running import eventually
from tests.support.web import serve

KEYS = SecretKeys("k" * 40)


def accept_on_each(session, sites, now):
    """Connect each site to an endpoint, and accept a correction that waits to be applied."""
    owner = EditorFactory(is_owner=True)
    for one in sites:
        CmsConnectionFactory(site=one, kind="endpoint")
        case = CaseFactory(site=one, exact="расказал")
        accept_and_apply(session, owner, case.id, version=case.version, correction="рассказал", now=now)


@pytest.mark.parametrize("answer", ["[]", "null", "[[]]", '{"capabilities": []}', '"text"', "1", "<html>"])
def test_an_answer_of_another_shape_is_a_refusal_and_no_error(answer):
    with serve() as web:
        web.pages["/"] = answer
        _name, refused = run_test(lambda: WordPress(web.url, "anna", "secret", Sender(frozenset({web.host}))))
    assert refused is not None and refused.reason in ("misconfigured", "unauthorized")


@pytest.mark.parametrize(
    "answer", [b'{"before": "a\\u0000", "after": "b"}', b'{"document": "\\u0000"}', b"[" * 100_000]
)
def test_an_answer_that_cannot_be_stored_ends_the_work_for_no_other_site(session, sessions, site, answer):
    other, now = SiteFactory(), datetime.now(UTC)
    accept_on_each(session, (site, other), now)
    hostile, good = site.id, other.id
    secret = "whsec_" + base64.b64encode(b"s" * 24).decode()
    with serve() as web:
        web.pages["/hostile"], web.pages["/good"] = (200, {}, answer), (200, {}, b"{}")
        send = Sender(frozenset({web.host}))

        def connect_to(connection):
            path = "hostile" if connection.site_id == hostile else "good"
            return Endpoint(f"{web.url}/{path}", secret, send)

        later = now + timedelta(minutes=1)
        Applier(sessions, connect_to, lambda *_: None, lambda: later, lambda: None, "").run()
    session.expire_all()
    rows = session.execute(select(CorrectionApply.site_id, CorrectionApply.status)).all()
    assert dict(map(tuple, rows)) == {hostile: "refused", good: "applied"}


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


@pytest.mark.parametrize("most", [100, 1], ids=["at first", "after as many pages as one run begins"])
def test_a_cms_that_does_not_answer_holds_up_the_corrections_of_no_other_site(session, sessions, site, most):
    other, now = SiteFactory(), datetime.now(UTC)
    accept_on_each(session, (site, other), now)
    silent, prompt = site.id, other.id  # the session is not for the applier's threads
    answers = Event()

    class Silent(Endpoint):
        def apply(self, *arguments):
            answers.wait(30)
            return super().apply(*arguments)

    secret, later = "whsec_" + base64.b64encode(b"s" * 24).decode(), now + timedelta(minutes=1)
    with serve() as web:
        web.pages["/cms"] = (200, {}, b"{}")
        send = Sender(frozenset({web.host}))

        def connect_to(connection):
            kind = Silent if connection.site_id == silent else Endpoint
            return kind(f"{web.url}/cms", secret, send)

        applier = Applier(sessions, connect_to, lambda *_: None, lambda: later, lambda: None, "")
        working = Thread(target=applier.run, args=(most,))
        working.start()

        def statuses():
            session.expire_all()
            rows = session.execute(select(CorrectionApply.site_id, CorrectionApply.status)).all()
            session.rollback()
            return dict(map(tuple, rows))

        try:
            eventually(lambda: statuses() == {silent: "queued", prompt: "applied"}, seconds=20)
        finally:
            answers.set()
            working.join(30)
        assert statuses() == {silent: "applied", prompt: "applied"}


@contextmanager
def wordpress(answers):
    """A server that answers each route with what `answers` returns for it."""
    with serve() as web:

        def answer(_headers):
            [route] = parse_qs(urlsplit(web.asked[-1][0]).query)["rest_route"]
            return 200, {}, msgspec.json.encode(answers(route))

        web.pages["/"] = answer
        yield web, WordPress(web.url, "anna", "secret", Sender(frozenset({web.host})))


def test_a_cms_with_very_many_types_of_posts_is_asked_about_a_few():
    """Each costs a request of up to 20 s: an editor's preview kept its place for hours."""
    types = {f"type{number}": {"rest_base": f"type{number}", "viewable": True} for number in range(500)}
    with wordpress(lambda route: types if route.endswith("/types") else []) as (web, cms):
        with pytest.raises(Refused, match="no post or page"):
            cms.read("https://news.example/a")
        assert len(web.asked) < 30


def test_a_post_whose_address_has_a_million_accents_is_another_post():
    """Python sorts them: minutes in which no thread of a web process or worker runs."""
    link = "https://a" + "\u0301\u0316" * 1_000_000 + "/a"
    posts = [{"id": 1, "link": link}, {"id": 2, "link": link}]
    with wordpress(lambda _route: posts) as (_web, cms), pytest.raises(Refused, match="none is at this"):
        cms.read("https://news.example/a")
