from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.insight.due_sites import due_sites
from moderation.services.insight.tally import tally_due
from tests.factories import CaseFactory, ReportFactory, SiteFactory

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
SINCE = NOON - timedelta(minutes=5)


@pytest.fixture
def due(session):
    def run(now=NOON, since=SINCE):
        session.commit()
        return set(due_sites(session, now, since))

    return run


def test_an_idle_site_is_not_due(session, sessions, site, due):
    CaseFactory(site=site, changed_at=NOON - timedelta(days=2))
    ReportFactory(site=site, created_at=NOON - timedelta(days=2))
    assert due() == {site.id}
    tally_due(sessions, NOON)
    assert due() == set()
    assert due(now=NOON + timedelta(days=1)) == {site.id}


@pytest.mark.parametrize(
    "arrived",
    [lambda **to: ReportFactory(created_at=NOON, **to), lambda **to: CaseFactory(changed_at=NOON, **to)],
)
def test_a_report_or_a_changed_case_makes_a_site_due(session, site, due, arrived):
    SiteFactory()
    arrived(site=site)
    assert due() == {site.id}


def test_days_before_an_outage_are_made_up_for(session, sessions, site, due):
    tally_due(sessions, NOON)
    for back in (1, 40):
        ReportFactory(site=site, created_at=NOON - timedelta(days=back))
    assert due() == {site.id}
    tally_due(sessions, NOON, SINCE)
    assert due() == {site.id}, "a month at a time"
    tally_due(sessions, NOON, SINCE)
    assert due() == set()
