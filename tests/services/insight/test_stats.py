from datetime import date, timedelta

import pytest
from sqlalchemy import literal, select

from moderation.domain.insight.duration_buckets import BOUNDS, bucket
from moderation.models import Case, TalliedDay, Tally
from moderation.services.cases.decide import decide
from moderation.services.cases.pairs import remember_pair
from moderation.services.cases.step import Step, apply_step, merge_away
from moderation.services.insight.stats import InvalidPeriod, stats, totals
from moderation.services.insight.tally import duration_bucket, tally_due
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SuggestionFactory,
)

TODAY = NOON.date()


@pytest.fixture
def editor(site):
    return EditorFactory(role="editor", role__site=site, name="Анна")


@pytest.fixture
def week(session, site, editor):
    """Two reports a day for three days; two cases, decided after an hour and after a day."""
    for back in range(3):
        for number in range(2):
            ReportFactory(
                site=site, created_at=NOON - timedelta(days=back), url=f"https://news.example/city/{number}",
                reader_hash=b"r" * 16,
            )  # fmt: skip
    page = PageFactory(site=site)
    first, second = (
        CaseFactory(site=site, page=page, first_reported_at=NOON - timedelta(days=2)) for _ in range(2)
    )
    decide(session, editor, first.id, "accept", version=1, now=first.first_reported_at + timedelta(hours=1))
    decide(session, editor, second.id, "reject", version=1, now=NOON - timedelta(days=1))
    decide(session, editor, first.id, "fix", version=2, now=NOON)


def figures(session, editor, **more):
    return stats(session, editor, first=TODAY - timedelta(days=6), last=TODAY, **more)


def test_times_by_section_and_author(session, sessions, editor, week):
    case = session.scalars(select(Case).where(Case.status == "fixed")).one()
    case.page.authors, case.page.section = ["Анна", "Пётр"], "Город"
    elsewhere = CaseFactory(site=case.site, first_reported_at=NOON - timedelta(hours=5))
    decide(session, editor, elsewhere.id, "reject", version=1, now=NOON)
    tally_due(sessions, NOON)
    found = figures(session, editor)
    city, folder = found.times_by_section
    assert (city.name, city.decided, city.mended) == ("Город", 2, 1)
    assert city.seconds_to_mended == pytest.approx(2 * 86400, rel=0.05)
    assert (folder.name, folder.decided, folder.seconds_to_mended) == (
        "https://news.example/article/",
        1,
        None,
    )
    assert folder.seconds_to_decision == pytest.approx(5 * 3600, rel=0.05)
    assert [(one.name, one.decided) for one in found.times_by_author] == [("Анна", 2), ("Пётр", 2)]


def test_a_week_in_figures(session, sessions, editor, week):
    assert tally_due(sessions, NOON) == 3
    found = figures(session, editor)
    assert (found.reports, found.cases, found.mended) == (6, 2, 1)
    assert found.decided == {"accepted": 1, "rejected": 1} and found.accepted_share == 0.5
    assert found.seconds_to_decision == pytest.approx(3600, rel=0.05)
    assert found.seconds_to_mended == pytest.approx(2 * 86400, rel=0.05)
    assert [(day.reports, day.cases) for day in found.days] == [(0, 0)] * 4 + [(2, 2), (2, 0), (2, 0)]
    assert found.pages == [("https://news.example/city/0", 3), ("https://news.example/city/1", 3)]
    assert found.sections == [("https://news.example/city/", 6)]
    assert found.words == [("расказал", 2)]
    assert found.readers == [("72" * 16, 6)]
    assert found.kinds == [("", 2)] and found.reasons == [("", 1)]
    assert (found.decision_times, found.mending_times) == ([1, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0])
    [work] = found.editors
    assert (work.name, work.total, work.decided) == ("Анна", 3, {"accepted": 1, "rejected": 1, "fixed": 1})


def test_a_day_is_added_up_while_it_lasts_and_once_after(session, sessions, site, editor, week):
    tally_due(sessions, NOON)
    ReportFactory(site=site, created_at=NOON)
    ReportFactory(site=site, created_at=NOON - timedelta(days=1))  # too late: that day is done
    assert tally_due(sessions, NOON) == 1
    assert [day.reports for day in figures(session, editor).days][-2:] == [2, 3]
    assert tally_due(sessions, NOON + timedelta(days=1)) == 2
    assert len(session.scalars(select(TalliedDay)).all()) == 3


def test_a_site_without_reports_has_empty_figures(session, sessions, site, editor):
    assert tally_due(sessions, NOON) == 1
    found = figures(session, editor)
    assert (found.reports, found.accepted_share, found.seconds_to_decision) == (0, None, None)
    assert session.scalars(select(Tally)).all() == []


def test_only_the_editors_sites(session, sessions, site, week):
    tally_due(sessions, NOON)
    stranger = EditorFactory(role="admin", role__site=SiteFactory())
    assert figures(session, stranger).reports == figures(session, stranger, site=site.id).reports == 0
    assert figures(session, EditorFactory(is_owner=True), site=site.id).reports == 6


def test_merged_emptied_and_withdrawn_cases_do_not_count_as_rejected(session, sessions, site, editor):
    page = PageFactory(site=site)
    into, *lost = (CaseFactory(site=site, page=page) for _ in range(4))
    merge_away(session, lost[0], into, now=NOON)
    for case, cause in zip(lost[1:], ("emptied", "withdrawn"), strict=True):
        apply_step(session, case, Step(action="reject", cause=cause), now=NOON)
    session.commit()
    decide(session, editor, into.id, "reject", version=1, now=NOON)
    tally_due(sessions, NOON)
    found = figures(session, editor)
    assert (found.decided, found.accepted_share) == ({"rejected": 1}, 0.0)


@pytest.mark.parametrize(
    "seconds", [-5.0, 0.0, 0.04, 0.06, 59.9, 60.0, 3600.0, 86_400.0, 1e7, 1e12, *BOUNDS[::40]]
)
def test_the_database_and_python_count_a_duration_in_the_same_bucket(session, seconds):
    assert session.scalar(select(duration_bucket(literal(seconds)))) == bucket(seconds)


@pytest.mark.parametrize(("first", "last"), [(2, 1), (1, 400)])
def test_a_period_that_is_none(session, editor, first, last):
    with pytest.raises(InvalidPeriod):
        stats(
            session,
            editor,
            first=date(2026, 1, 1) + timedelta(first),
            last=date(2026, 1, 1) + timedelta(last),
        )


def test_pairs_reasons_and_how_often_the_speller_was_right(session, sessions, site, editor):
    cases = [CaseFactory(site=site, kind="spelling", first_reported_at=NOON) for _ in range(4)]
    for case in cases:
        SuggestionFactory(case=case, source="speller", votes=0, confidence=0.95)
        session.refresh(case)
        remember_pair(case)
    session.commit()
    steps = [("accept", None), ("accept", "поведал"), ("reject", None)]
    for case, (action, correction) in zip(cases, steps, strict=False):
        reason = "Так в источнике" if action == "reject" else None
        decide(session, editor, case.id, action, version=1, correction=correction, reason=reason, now=NOON)
    ReportFactory(site=site, created_at=NOON)
    tally_due(sessions, NOON)
    found = figures(session, editor)
    assert found.speller == {"right": 1, "other": 1, "rejected": 1}
    assert found.reasons == [("Так в источнике", 1)] and found.kinds == [("spelling", 4)]
    assert [(pair.words, pair.count) for pair in found.pairs] == [
        ("расказал → рассказал", 3), ("расказал → поведал", 1),
    ]  # fmt: skip
    assert found.pairs[0].pair == cases[0].pair.hex()
    before = totals(session, editor, first=TODAY, last=TODAY)
    assert (before.cases, before.accepted_share) == (4, pytest.approx(2 / 3))
