"""Which pages are read next."""

from datetime import timedelta

import pytest

from moderation.domain.sites.settings import SiteSettings
from moderation.services.pages.siblings import give_turns
from moderation.services.recheck.claim import LEASE, claim, give_back
from moderation.services.triage.place import place
from tests.factories import NOON, CaseFactory, PageFactory, ReportFactory, SiteFactory


@pytest.fixture
def due(session):
    """Makes a page that is due, with a case of some readers."""

    def make(site, path, readers=1, created_at=NOON, due_for=timedelta(0)):
        page = page_of(site, path, NOON - due_for)
        page.created_at = created_at
        give_turns(session, [page], NOON)
        session.add(page)
        session.flush()
        CaseFactory(site=site, page=page, reader_count=readers)
        return page

    return make


@pytest.fixture
def claimed(session):
    """Claims pages; answers their paths."""

    def run(share=10, **options):
        errands = claim(session, NOON, lambda site: None, share=share, **options)
        return [errand.url.removeprefix("https://news.example") for errand in errands]

    return run


def page_of(site, path, check_at=NOON):
    return PageFactory.build(
        site=site, url=f"https://news.example{path}", created_at=check_at, check_at=check_at
    )


def test_every_site_gets_its_share_however_long_a_site_waits(due, claimed):
    busy, quiet = SiteFactory(), SiteFactory()
    for number in range(5):
        due(busy, f"/{number}", due_for=timedelta(hours=1))
    due(quiet, "/quiet")
    assert sorted(claimed(share=2)) == ["/0", "/1", "/quiet"]


def test_pages_with_more_readers_come_first_then_older_ones(due, claimed):
    site = SiteFactory()
    due(site, "/new")
    due(site, "/old", created_at=NOON - timedelta(days=1))
    due(site, "/popular", readers=7)
    assert claimed() == ["/popular", "/old", "/new"]


def test_a_flood_of_query_strings_does_not_come_before_a_real_page(due, claimed):
    """The page is reported after the flood, by one reader."""
    site = SiteFactory()
    for number in range(30):
        due(site, f"/flood?n={number}", created_at=NOON - timedelta(hours=1))
    due(site, "/real")
    assert "/real" in claimed(share=2)


def test_a_page_of_few_at_its_path_comes_before_a_flood_at_another(session, due, claimed):
    site = SiteFactory()
    flood = [page_of(site, f"/flood?n={number}") for number in range(300)]
    give_turns(session, flood, NOON)
    session.add_all(flood)
    session.commit()
    due(site, "/article?id=1")
    due(site, "/article?id=2")
    assert {"/article?id=1", "/article?id=2"} <= set(claimed(share=6))


def test_a_page_of_a_flood_comes_first_as_soon_as_a_second_reader_reports_it(session, claimed):
    site = SiteFactory()
    urls = [f"https://news.example/flood?n={number}" for number in range(20)]
    reports = [ReportFactory(site=site, url=url, created_at=NOON) for url in urls]
    place(session, [report.id for report in reports], NOON)
    place(session, [ReportFactory(site=site, url=urls[-1], created_at=NOON).id], NOON)
    assert claimed(share=1) == ["/flood?n=19"]


def test_a_page_with_many_readers_comes_first_however_many_wait_longer(session, due, claimed):
    site = SiteFactory()
    session.add_all(page_of(site, f"/{number}", NOON - timedelta(hours=1)) for number in range(200))
    due(site, "/popular", readers=7)
    assert claimed(share=1) == ["/popular"]


def test_a_claimed_page_is_not_claimed_again_before_its_lease_ends(session, due, claimed):
    page = due(SiteFactory(), "/a")
    assert claimed() == ["/a"]
    assert claimed() == []
    session.refresh(page)
    assert page.check_at == NOON + LEASE


def test_sites_that_have_pages_in_work_are_left_out(due, claimed):
    site = SiteFactory()
    due(site, "/a")
    assert claimed(besides=[site.id]) == []


def test_a_page_that_is_given_back_is_due_again(session, due, claimed):
    due(SiteFactory(), "/a")
    give_back(session, claim(session, NOON, lambda site: None, share=1), NOON)
    assert claimed() == ["/a"]


def test_a_page_that_was_read_meanwhile_keeps_its_plan(session, due):
    page = due(SiteFactory(), "/a")
    errands = claim(session, NOON, lambda site: None, share=1)
    page.recheck_soon(NOON)
    planned = page.check_at
    session.commit()
    give_back(session, errands, NOON)
    session.refresh(page)
    assert page.check_at == planned


def test_each_site_has_its_own_pause(session, due):
    for pause in (0.5, 7.0):
        due(SiteFactory(settings=SiteSettings(fetch_pause=pause)), f"/{pause}")
    errands = claim(session, NOON, lambda site: None, share=10)
    assert {(errand.url[-3:], errand.source.pause) for errand in errands} == {("0.5", 0.5), ("7.0", 7.0)}
