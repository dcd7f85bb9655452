"""A case shows its best corrections and counts the others, however many readers send."""

import json

import pytest
from sqlalchemy import func, select

from moderation.models import Case, Suggestion
from moderation.services.cases.export import export
from moderation.services.cases.filter import Filter
from moderation.services.cases.representation import CaseOut
from moderation.services.triage.place import place
from tests.factories import NOON, ReportFactory

FLOOD, BATCH = 300, 120


@pytest.fixture
def case(session, site):
    """A case with FLOOD different corrections, of which one has two votes."""
    reports = [
        ReportFactory(site=site, created_at=NOON, correction=f"слово{number}")
        for number in (77, *reversed(range(FLOOD)))
    ]
    for first in range(0, len(reports), BATCH):  # the last batch meets more selections than are compared
        place(session, [report.id for report in reports[first : first + BATCH]], NOON)
        session.commit()
    session.expire_all()
    return session.scalars(select(Case)).one()


def test_ten_corrections_are_kept_and_the_others_counted(session, site, case):
    assert session.scalar(select(func.count(Suggestion.id))) == 10
    assert (case.suggestions[0].text, case.suggestions[0].votes) == ("слово77", 2)
    assert (case.correction_count, case.other_corrections) == (FLOOD, FLOOD - 10)


def test_the_api_and_the_export_show_ten_and_a_count(session, sessions, site, case):
    shown = CaseOut.of(case)
    assert (len(shown.suggestions), shown.other_corrections) == (10, FLOOD - 10)
    [line] = b"".join(export(sessions, [site.id], Filter(), "jsonl")).splitlines()
    assert len(json.loads(line)["suggestions"]) == 10 and len(line) < 4000


@pytest.mark.parametrize(
    ("kind", "texts"), [(None, ["говорит,"]), ("punctuation", ["говорит,"]), ("fact", [])]
)
def test_the_speller_keeps_to_the_kind_that_the_reader_chose(session, site, kind, texts):
    report = ReportFactory(
        site=site, created_at=NOON, kind=kind, correction=None,
        exact="говорит", prefix="Сосед ", suffix=" что мост закрыт.",
    )  # fmt: skip
    place(session, [report.id], NOON)
    session.commit()
    case = session.scalars(select(Case)).one()
    assert [suggestion.text for suggestion in case.suggestions] == texts
