"""The check of a page for the snippet, over the network and with the service's own rules."""

from datetime import timedelta

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.recheck.install_check import InstallChecker
from moderation.services.sites.installation import ForeignDomain, ask_check, progress_of
from tests.factories import NOON, SiteFactory

SERVICE = "https://typos.example"


@pytest.fixture
def site(web, session):
    return SiteFactory(origins=[web.url], operator_origins=[web.url])


@pytest.fixture
def check(session, sessions, fetcher, site, web):
    checker = InstallChecker(sessions, fetcher, lambda: NOON, SecretKeys("s"), SERVICE)

    def run(path="/a"):
        ask_check(session, site, web.url + path, NOON)
        assert progress_of(session, site, NOON).is_waiting
        assert checker.run() == 1
        session.expire_all()
        return progress_of(session, site, NOON)

    return run


def snippet(site):
    return f'<p>Text<script async src="{SERVICE}/widget.js" data-site-key="{site.site_key}"></script>'


def problems(progress):
    return [finding.problem for finding in progress.findings]


def test_a_page_without_the_snippet_and_then_with_it(web, site, check):
    web.pages["/a"] = "<p>Text"
    progress = check()
    assert (progress.works, problems(progress)) == (False, ["no_snippet"])
    web.pages["/a"] = snippet(site)
    progress = check()
    assert (progress.works, problems(progress), progress.is_waiting) == (True, [], False)
    assert progress.installation.works_since == NOON


def test_the_policy_of_the_headers_counts(web, site, check):
    headers = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'self'"}
    web.pages["/a"] = (200, headers, snippet(site).encode())
    assert problems(check()) == ["csp_script", "csp_connect"]


def test_a_page_that_cannot_be_read_says_why(check):
    assert check("/missing").installation.unread_reason == "not_found"


def test_a_page_that_breaks_the_check_stops_no_other_check(web, session, sessions, fetcher, site, check):
    other = SiteFactory(origins=[web.url], operator_origins=[web.url], name="Other", site_key="pk_other")
    ask_check(session, other, web.url + "/hostile", NOON - timedelta(minutes=1))
    web.pages["/hostile"] = 302, {"Location": "http://["}, b""
    web.pages["/a"] = snippet(site)
    checker = InstallChecker(sessions, fetcher, lambda: NOON, SecretKeys("s"), SERVICE)
    ask_check(session, site, web.url + "/a", NOON)
    checker.run()
    session.expire_all()
    assert progress_of(session, site, NOON).works
    assert not progress_of(session, other, NOON).is_waiting


def test_a_private_page_says_that_the_operator_must_allow_it(session, sessions, site, check, fetcher, web):
    site.operator_origins = []
    session.commit()
    assert check().installation.unread_reason == "private_address"


def test_a_page_of_another_domain_is_not_fetched(session, site):
    with pytest.raises(ForeignDomain, match=r"https://other\.example"):
        ask_check(session, site, "other.example/a", NOON)


def test_a_check_that_no_worker_takes_is_late(session, site, web):
    ask_check(session, site, web.url, NOON)
    assert not progress_of(session, site, NOON + timedelta(minutes=1)).is_late
    assert progress_of(session, site, NOON + timedelta(minutes=3)).is_late


def test_a_widget_that_is_alive_needs_no_check(session, site):
    assert progress_of(session, site, NOON, is_alive=True).works
