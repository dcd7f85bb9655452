from datetime import timedelta

import pytest

from moderation.models import Tally
from moderation.services.cases.decide import decide
from moderation.services.insight.stats import stats, totals
from moderation.services.insight.tally import tally_due
from moderation.services.insight.thanks import count_told
from tests.factories import NOON, CaseFactory, CaseReaderFactory, EditorFactory, ReportFactory, SiteFactory

TODAY = NOON.date()


@pytest.fixture
def editor(site):
    return EditorFactory(role="editor", role__site=site)


@pytest.fixture
def read_by(session, site):
    """An open case that readers reported."""

    def make(*readers, **fields):
        case = CaseFactory(site=site, **fields)
        for reader in readers:
            reader_hash = reader.encode() * 16
            CaseReaderFactory(case=case, reader_hash=reader_hash)
            ReportFactory(site=site, reader_hash=reader_hash, created_at=NOON)
        return case

    return make


def thanks(session, editor, days=1):
    return stats(session, editor, first=TODAY - timedelta(days=days - 1), last=TODAY).thanks


def test_a_reader_of_many_cases_counts_once_per_day(session, sessions, editor, read_by):
    fixed, accepted = read_by("a", "b"), read_by("b", "c")
    for case in (fixed, accepted):
        decide(session, editor, case.id, "accept", version=1, correction="рассказал", now=NOON)
    decide(session, editor, fixed.id, "fix", version=2, now=NOON)
    decide(session, editor, read_by("d").id, "reject", version=1, now=NOON)
    read_by("e")
    tally_due(sessions, NOON)
    found = thanks(session, editor)
    assert found == {"reported": 5, "accepted": 3, "fixed": 2, "told": 0}
    assert totals(session, editor, first=TODAY, last=TODAY).thanks == found


def test_a_case_that_is_fixed_at_once_was_right(session, sessions, editor, read_by):
    decide(session, editor, read_by("a").id, "fix", version=1, now=NOON)
    tally_due(sessions, NOON)
    assert thanks(session, editor) == {"reported": 1, "accepted": 1, "fixed": 1, "told": 0}


def test_tests_and_other_sites_count_no_readers(session, sessions, editor, read_by):
    ReportFactory(site=editor.memberships[0].site, is_test=True, created_at=NOON)
    ReportFactory(site=SiteFactory(), created_at=NOON)
    decide(session, editor, read_by(is_test=True).id, "accept", version=1, correction="да", now=NOON)
    tally_due(sessions, NOON)
    assert set(thanks(session, editor).values()) == {0}


def test_mails_are_counted_on_their_day_and_survive_each_new_tally(session, sessions, site, editor):
    for hours in (0, 1, 24):
        count_told(session, site.id, NOON - timedelta(hours=hours))
    session.commit()
    tally_due(sessions, NOON)
    tally_due(sessions, NOON + timedelta(days=1))
    assert (thanks(session, editor)["told"], thanks(session, editor, days=2)["told"]) == (2, 3)
    days = stats(session, editor, first=TODAY - timedelta(days=1), last=TODAY).days
    assert [day.thanks["told"] for day in days] == [1, 2]


def test_a_mail_of_a_deleted_site_is_not_counted(session, site):
    gone = site.id
    session.delete(site)
    session.commit()
    count_told(session, gone, NOON)
    session.commit()
    assert session.query(Tally).all() == []


def test_the_figures_hold_no_hash_of_a_reader(session, sessions, editor, read_by):
    decide(session, editor, read_by("a").id, "fix", version=1, now=NOON)
    tally_due(sessions, NOON)
    rows = session.query(Tally).filter_by(figure="thanks").all()
    assert {row.key for row in rows} == {"reported", "accepted", "fixed"}
