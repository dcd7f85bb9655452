"""The most active readers: their reports, and blocking them for the day."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.insight.tally import tally_due
from tests.factories import CaseFactory, EditorFactory, ReportFactory, SiteFactory, place_in
from tests.support.desk import post, sign_in

TODAYS, YESTERDAYS = "61" * 16, "62" * 16


@pytest.fixture
def active(session, sessions, site):
    """Two readers with three reports each, of today and of yesterday."""
    now = datetime.now(UTC)
    for reader, days in ((TODAYS, 0), (YESTERDAYS, 1)):
        for _ in range(3):
            sent = {"reader_hash": bytes.fromhex(reader), "created_at": now - timedelta(days=days)}
            place_in(session, ReportFactory(site=site, **sent), CaseFactory(site=site))
    tally_due(sessions, now)


def readers_on(page):
    return page.partition("Most active readers")[2].partition("</section>")[0]


def test_the_reports_of_a_reader_are_a_queue(desk, active):
    section = readers_on(desk.get("/desk/insight").text)
    address = f"/desk/queue?reader={TODAYS}"
    assert address in section
    queue = desk.get(address).text
    assert queue.count("data-case=") == 3 and "One reader" in queue


def test_only_the_reader_of_today_can_be_blocked(session, admin, site, active):
    section = readers_on(admin.get("/desk/insight?days=7").text)
    assert section.count(">Block<") == 1 and f'value="{TODAYS}"' in section
    answer = post(admin, f"/desk/sites/{site.id}/blocked-readers?days=7", reader=TODAYS)
    assert answer.location == f"/desk/insight?site={site.id}&days=7#active-readers"
    session.refresh(site)
    assert site.settings.blocked_readers == [TODAYS]
    page = admin.get(answer.location).text
    assert "Reader blocked for today" in page and "blocked-readers/remove?days=7" in page
    assert "Unblock" in readers_on(page)
    post(admin, f"/desk/sites/{site.id}/blocked-readers/remove", reader=TODAYS)
    session.refresh(site)
    assert site.settings.blocked_readers == []


def test_nobody_is_blocked_among_several_sites(client, site, active):
    SiteFactory()
    sign_in(client, EditorFactory(is_owner=True).email)
    assert ">Block<" not in readers_on(client.get("/desk/insight").text)
    assert ">Block<" in readers_on(client.get(f"/desk/insight?site={site.id}").text)


def test_an_editor_blocks_nobody(desk, active):
    section = readers_on(desk.get("/desk/insight").text)
    assert "Show reports" in section and ">Block<" not in section


def test_an_id_that_is_none_is_refused(admin, site):
    assert post(admin, f"/desk/sites/{site.id}/blocked-readers", reader="x").status_code == 422
