"""Whether a search and its pages are looked up first or not changes no list and no count."""

from itertools import product

import pytest
from sqlalchemy import select

from moderation.models import Case
from moderation.services.cases import resolve
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_by_status, count_some, list_cases
from tests.factories import CaseFactory, EditorFactory, PageFactory, ReportFactory, place_in

SECTION = "https://news.example/sport/"
WAYS = [
    {"q": "буква"}, {"q": "слон"}, {"section": SECTION}, {"author": "Anna"}, {"section": "Politics"},
    {"reader": b"r" * 16}, {"reader": b"r" * 16, "q": "буква"}, {"reader": b"r" * 16, "author": "Boris"},
    {"q": "буква", "section": SECTION}, {"url": f"{SECTION}1"}, {"section": SECTION, "author": "Nobody"},
]  # fmt: skip


@pytest.fixture
def editor(session, site):
    pages = [
        PageFactory(site=site, url=f"{SECTION}1", authors=["Anna"]),
        PageFactory(site=site, section="Politics", authors=["Anna", "Boris"]),
        PageFactory(site=site, section="politics"),
    ]
    for page, status in product(pages, ("open", "rejected", "fixed")):
        case = CaseFactory(site=site, page=page, status=status)
        if status != "fixed":
            reader = (b"r" if page.authors else b"s") * 16
            report = ReportFactory(site=site, comment="тут буква лишняя", reader_hash=reader)
            place_in(session, report, case)
    into = CaseFactory(site=site, page=pages[0])
    CaseFactory(site=site, page=pages[0], status="rejected", merged_into_id=into.id)
    session.commit()
    return EditorFactory(role="viewer", role__site=site)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("status", [None, "open", "rejected"])
def test_looking_up_first_changes_nothing(session, editor, monkeypatch, way, status):
    def answers():
        wanted = Filter(status=status, without_merged=status == "rejected", **way)
        listed = {case.id for case in list_cases(session, editor, wanted).items}
        assert count_some(session, editor, wanted) == len(listed)
        return listed, count_by_status(session, editor, wanted)

    looked_up = answers()
    assert looked_up[0] or "слон" in way.values() or "Nobody" in way.values()
    monkeypatch.setattr(resolve, "FEW", 0)
    assert answers() == looked_up


def test_counts_of_a_search_leave_out_merged_cases_with_the_tab(session, editor):
    merged = session.scalars(select(Case).where(Case.merged_into_id.is_not(None))).one()
    place_in(session, ReportFactory(site=merged.site, comment="редкость"), merged)
    session.commit()
    with_merged = count_by_status(session, editor, Filter(q="редкость"))
    without = count_by_status(session, editor, Filter(q="редкость", without_merged=True))
    assert (with_merged["rejected"], without["rejected"]) == (1, 0)
