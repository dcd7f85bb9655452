from datetime import timedelta

import pytest

from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_by_status, list_cases
from moderation.services.cases.read import reports_of
from moderation.services.paging import InvalidCursor
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SuggestionFactory,
    place_in,
)


@pytest.fixture
def editor(site):
    return EditorFactory(role="viewer", role__site=site)


@pytest.fixture
def page(site):
    return PageFactory(site=site)


@pytest.fixture
def cases(site, page):
    """Five, an hour apart; two of them at the same moment."""
    hours = (0, 1, 2, 2, 3)
    return [
        CaseFactory(
            site=site, page=page, first_reported_at=NOON + timedelta(hours=hour), reader_count=9 - hour
        )
        for hour in hours
    ]


def ids(found):
    return [case.id for case in found]


@pytest.mark.parametrize(("sort", "order"), [("newest", [4, 3, 2, 1, 0]), ("oldest", [0, 1, 2, 3, 4])])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_paging_gives_each_once_and_in_order(session, editor, cases, sort, order, limit):
    seen, cursor = [], None
    while True:
        found = list_cases(session, editor, Filter(sort=sort), cursor=cursor, limit=limit)
        seen += ids(found.items)
        cursor = found.next
        if cursor is None:
            break
    assert seen == [cases[index].id for index in order]


def test_most_readers_first(session, editor, cases):
    first = list_cases(session, editor, Filter(sort="readers"), limit=1)
    assert ids(first.items) == [cases[0].id]
    second = list_cases(session, editor, Filter(sort="readers"), cursor=first.next, limit=1)
    assert ids(second.items) == [cases[1].id]


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJhIiwgImIiXQ", "\u0439", "AAAA"])
def test_a_cursor_of_somebody_elses_is_refused(session, editor, cursor):
    with pytest.raises(InvalidCursor):
        list_cases(session, editor, Filter(), cursor=cursor)


def test_only_the_editors_sites(session, editor, cases):
    CaseFactory()
    assert len(list_cases(session, editor, Filter()).items) == 5
    assert list_cases(session, EditorFactory(), Filter()).items == []
    assert len(list_cases(session, EditorFactory(is_owner=True), Filter()).items) == 6


def test_each_filter_of_the_queue_finds_its_cases(session, editor, site, cases, page):
    other = CaseFactory(
        site=site, page=PageFactory(site=site, title="Другое", url="https://news.example/sport/1"),
        status="spam", exact="running", kind="grammar", lang="en", assignee=editor,
        first_reported_at=NOON - timedelta(days=3),
    )  # fmt: skip
    SuggestionFactory(case=other, text="ran", source="reader", votes=1)
    report = ReportFactory(site=site, comment="тут Буква лишняя")
    place_in(session, report, cases[1])
    session.commit()

    def found(**wanted):
        return ids(list_cases(session, editor, Filter(**wanted)).items)

    assert found(status="spam") == [other.id]
    assert found(url=page.url + "?utm_source=x#y") == ids(cases[::-1])
    assert found(site=SiteFactory().id) == []
    assert found(section="https://news.example/sport/") == [other.id]
    assert found(section="https://news.example/%") == []
    cases[0].lang = "ru-RU"
    session.commit()
    assert found(lang="ru") == [cases[0].id]
    assert found(kind="grammar") == found(lang="en") == found(assignee=editor.id) == [other.id]
    assert found(suggestion=True) == found(before=NOON) == [other.id]
    assert found(suggestion=False) == found(since=NOON) == ids(cases[::-1])


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("буква", True), ("букву", True), ("БУКВАМИ лишнего", True), ("бук", True), ("буквы -лишняя", False),
        ('"буква лишняя"', True), ('"лишняя буква"', False), ("ёлки", True), ("елки", True),
        ("tests", True), ("tested", True), ("100%", True), ("слон OR буква", True), ("слон", False),
        ("%", False), ("& | ! :*", False),
    ],
)  # fmt: skip
def test_search_knows_forms_phrases_and_beginnings(session, editor, cases, site, query, finds):
    place_in(session, ReportFactory(site=site, comment="тут Буква лишняя, на ёлке 100% testing"), cases[1])
    session.commit()
    assert ids(list_cases(session, editor, Filter(q=query)).items) == ([cases[1].id] if finds else [])


def test_cases_are_counted_by_status_within_the_filter(session, editor, site, cases):
    CaseFactory(site=site, status="fixed")
    CaseFactory(status="spam")
    counts = count_by_status(session, editor, Filter())
    assert counts == {"open": 5, "accepted": 0, "rejected": 0, "spam": 0, "fixed": 1}
    found = count_by_status(session, editor, Filter(status="open", url=cases[0].page.url, kind="fact"))
    assert found["fixed"] == 0 and found["open"] < 5
    assert not any(count_by_status(session, editor, Filter(status="open", q="слон")).values())


def test_reports_newest_first_by_parts(session, site, cases):
    reports = [ReportFactory(site=site, created_at=NOON + timedelta(minutes=minute)) for minute in range(3)]
    for report in reports:
        place_in(session, report, cases[0])
    session.commit()
    first = reports_of(session, cases[0], limit=2)
    rest = reports_of(session, cases[0], cursor=first.next, limit=2)
    assert ids([*first.items, *rest.items]) == ids(reports[::-1])
    assert rest.next is None
