"""Reading many pages: several hosts at a time, one page of a host at a time."""

from contextlib import ExitStack
from threading import Event, Lock

import pytest
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import Page
from moderation.secret_keys import SecretKeys
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.run import Rechecker
from moderation.services.secret_box import seal
from tests.factories import NOON, CaseFactory, PageFactory, SiteFactory
from tests.support.web import serve

HTML = {"Content-Type": "text/html; charset=utf-8"}
KEY = SecretKeys("k" * 40)
PATIENCE = 8.0
"""Seconds that a page waits for another one: only a failing test waits so long."""


@pytest.fixture
def webs():
    """Three news sites."""
    with ExitStack() as stack:
        yield [stack.enter_context(serve()) for _ in range(3)]


@pytest.fixture
def read_due(session, sessions, webs):
    """Reads every page that is due; answers how many."""

    def run(**options):
        fetcher = Fetcher(private=frozenset(web.host for web in webs))
        done = Rechecker(sessions, fetcher, lambda: NOON, KEY, **options).run()
        session.expire_all()
        return done

    return run


def make_site(web, pages, **fields):
    site = SiteFactory(
        origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1), **fields
    )
    for number in range(pages):
        page = PageFactory(site=site, url=f"{web.url}/{number}", check_at=NOON)
        CaseFactory(site=site, page=page, last_reported_at=NOON)
    return site


def test_hosts_are_read_side_by_side_and_each_one_page_at_a_time(session, webs, read_due):
    lock, reading, most, all_three = Lock(), [], [], Event()

    def answer(host):
        def page(_headers):
            with lock:
                reading.append(host)
                most.append((reading.count(host), len(set(reading))))
                if len(set(reading)) == 3:
                    all_three.set()
            all_three.wait(PATIENCE)
            with lock:
                reading.remove(host)
            return 200, HTML, b"<p>x</p>"

        return page

    for web in webs:
        make_site(web, 4)
        web.pages.update({f"/{number}": answer(web.host) for number in range(4)})
    assert read_due() == 12
    assert max(of_host for of_host, _ in most) == 1
    assert max(hosts for _, hosts in most) == 3


def test_a_host_that_does_not_answer_does_not_hold_up_the_others(session, webs, read_due):
    slow, quick, _ = webs
    make_site(slow, 1)
    make_site(quick, 2)
    finished, both = [], Event()

    def slow_page(_headers):
        both.wait(PATIENCE)
        finished.append("slow")
        return 200, HTML, b"x"

    def quick_page(_headers):
        finished.append("quick")
        if len(finished) == 2:
            both.set()
        return 200, HTML, b"x"

    slow.pages["/0"] = slow_page
    quick.pages.update({f"/{number}": quick_page for number in range(2)})
    assert read_due() == 3
    assert finished == ["quick", "quick", "slow"]


def test_a_host_that_asks_for_a_pause_is_left_alone_and_its_pages_keep_their_turn(session, webs, read_due):
    web = webs[0]
    make_site(web, 3)
    web.pages.update({f"/{number}": (429, {"Retry-After": "600"}, b"") for number in range(3)})
    assert read_due() == 1
    assert sum(web.visits(f"/{number}") for number in range(3)) == 1
    for page in session.scalars(select(Page)):
        assert (page.check_at - NOON).total_seconds() > 500


def test_the_secret_header_of_a_site_is_sent(webs, read_due):
    sealed = seal(KEY, "fetch_header", "let me in")
    make_site(webs[0], 1, fetch_header_name="X-Pass", fetch_header_secret=sealed)
    webs[0].pages["/0"] = "<p>x</p>"
    read_due()
    assert webs[0].asked[-1][1]["x-pass"] == "let me in"


def test_a_worker_that_stops_gives_back_what_it_has_not_read(session, sessions, webs):
    make_site(webs[0], 3)
    rechecker = Rechecker(sessions, Fetcher(private=frozenset({webs[0].host})), lambda: NOON, KEY)

    def stop(_headers):
        rechecker.stop.set()
        return 200, HTML, b"<p>x</p>"

    webs[0].pages.update({f"/{number}": stop for number in range(3)})
    rechecker.run()
    due = session.scalars(select(Page.id).where(Page.check_at <= NOON)).all()
    assert len(due) >= 2
