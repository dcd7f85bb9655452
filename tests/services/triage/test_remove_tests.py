from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation.models import Case, Page, Report, Tally
from moderation.services.insight.tally import tally_due
from moderation.services.sites.installation import progress_of
from moderation.services.triage.place import place
from moderation.services.triage.remove_tests import remove_tests
from moderation.services.triage.withdraw import take_out
from tests.factories import NOON, ReportFactory, SiteFactory


@pytest.fixture
def site(session):
    return SiteFactory()


@pytest.fixture
def report(session, site):
    def make(exact="расказал", **fields):
        quote = {"exact": exact, "prefix": "О новых сроках ", "suffix": " на встрече с жителями"}
        made = ReportFactory(site=site, url="https://news.example/a", created_at=NOON, **quote, **fields)
        place(session, [made.id], NOON)
        session.commit()
        return made

    return make


def count(session, model):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(model))


def test_a_test_report_makes_a_test_case_and_counts_in_no_figure(session, sessions, report):
    report(is_test=True)
    assert session.scalars(select(Case.is_test)).all() == [True]
    tally_due(sessions, NOON + timedelta(hours=1))
    assert count(session, Tally) == 0


def test_removing_the_tests_leaves_nothing_of_them(session, site, report):
    report(is_test=True)
    ReportFactory(site=site, is_test=True)  # triage has not seen it yet
    assert progress_of(session, site, NOON).tests == 2
    assert remove_tests(session, site, NOON) == 2
    assert [count(session, model) for model in (Report, Case, Page)] == [0, 0, 0]
    progress = progress_of(session, site, NOON)
    assert progress.is_tested and progress.tests == 0


def test_a_reader_who_reports_the_same_makes_a_case_of_it(session, sessions, site, report):
    test = report(is_test=True)
    report(reader_hash=b"r" * 16)
    assert session.scalars(select(Case.is_test)).all() == [False]
    remove_tests(session, site, NOON)
    take_out(session, [test.id], NOON)  # the outbox calls it
    session.commit()
    case = session.scalars(select(Case)).one()
    assert (case.report_count, case.reader_count, case.is_test) == (1, 1, False)


def test_a_second_test_keeps_it_a_test(session, report):
    report(is_test=True)
    report(is_test=True)
    assert session.scalars(select(Case.is_test)).all() == [True]
