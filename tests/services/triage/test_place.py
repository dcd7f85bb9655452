from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation.models import Case, Page, Placement
from moderation.services.triage.place import place
from tests.factories import NOON, ReportFactory, SiteFactory

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин."


@pytest.fixture
def report(site):
    def make(exact="расказал", **fields):
        at = TEXT.index(exact)
        quote = {"exact": exact, "prefix": TEXT[max(0, at - 32) : at], "suffix": TEXT[at + len(exact) :][:32]}
        return ReportFactory(**{"site": site, **quote, **fields})

    return make


@pytest.fixture
def placed(session):
    def run(*reports):
        place(session, [report.id for report in reports], NOON)
        session.commit()
        return session.scalars(select(Case).order_by(Case.id)).all()

    return run


def test_reports_of_one_passage_become_one_case(report, placed):
    [case] = placed(report(), report("каз", correction="сказ"), report("сроках расказал на"))
    assert (case.exact, case.report_count, case.reader_count) == ("расказал", 3, 3)
    assert [(found.text, found.votes) for found in case.suggestions] == [("рассказал", 1)]


def test_the_same_reader_is_counted_once(report, placed):
    [case] = placed(report(reader_hash=b"r" * 16), report(reader_hash=b"r" * 16))
    assert (case.report_count, case.reader_count) == (2, 1)


def test_votes_count_equal_corrections(report, placed):
    [case] = placed(*[report(correction=text) for text in ("рассказал", "поведал", "рассказал")])
    assert [(found.text, found.votes) for found in case.suggestions] == [("рассказал", 2), ("поведал", 1)]


def test_two_mistakes_are_two_cases(report, placed):
    cases = placed(report(), report("встрече", correction="встречи"))
    assert {case.exact for case in cases} == {"расказал", "встрече"}


def test_placing_twice_changes_nothing(session, report, placed):
    sent = report()
    placed(sent)
    [case] = placed(sent)
    assert case.report_count == 1
    assert session.scalar(select(func.count()).select_from(Placement)) == 1


def test_sites_and_pages_do_not_mix(session, report, placed):
    cases = placed(report(), report(url="https://news.example/b"), report(site=SiteFactory()))
    assert len(cases) == 3
    assert session.scalar(select(func.count()).select_from(Page)) == 3


def test_the_page_takes_the_first_title_it_hears(session, report, placed):
    placed(report(title=None), report(title="Набережную откроют"))
    assert session.scalars(select(Page.title)).all() == ["Набережную откроют"]


def test_the_position_is_the_passages(report, placed):
    [case] = placed(report("каз", start=18, end=21))
    assert (case.start, case.end) == (15, 23)


def test_times_are_the_first_and_the_last(report, placed):
    [case] = placed(report(created_at=NOON), report(created_at=NOON - timedelta(hours=1)))
    assert (case.first_reported_at, case.last_reported_at) == (NOON - timedelta(hours=1), NOON)


@pytest.mark.parametrize("status", ["accepted", "rejected", "spam", "fixed"])
def test_a_late_report_joins_a_decided_case_and_changes_nothing_in_it(session, report, placed, status):
    [case] = placed(report(correction="рассказал"))
    case.status = status
    session.commit()
    version, passage = case.version, case.exact
    [case] = placed(report("расказал на", correction="поведал на"))
    assert (case.status, case.version, case.exact, case.report_count) == (status, version, passage, 2)
    assert [found.text for found in case.suggestions] == ["рассказал"]


def test_a_moved_passage_is_another_version(report, placed):
    [case] = placed(report("сроках расказал на"))
    assert case.version == 1
    [case] = placed(report())
    assert (case.exact, case.version) == ("расказал", 2)


def test_an_unknown_id_is_nothing_to_do(session, report, placed):
    sent = report()
    place(session, [sent.site_id], NOON)
    assert session.scalar(select(func.count()).select_from(Case)) == 0
