"""Nobody judged the mistake of a case that only lost its reports: the next report of it is open."""

from sqlalchemy import select

from moderation.models import Case, CaseReader, Placement, Report, Selection, Suggestion


def closed_and_last(session, history):
    """The statuses of the cases without reports, and the status of the case of the last report."""
    history.drain()
    history.check()
    placed = select(Placement.case_id).where(Placement.report_id == history.sent[-1].id)
    empty = session.scalars(select(Case.status).where(Case.report_count == 0)).all()
    return empty, session.scalars(select(Case.status).where(Case.id.in_(placed))).one()


def test_a_report_after_all_were_withdrawn_opens_a_case(session, history):
    history.send(0, "word", reader=1)
    history.drain()
    history.withdraw(0)
    history.drain()
    history.send(0, "word", reader=2)
    assert closed_and_last(session, history) == (["rejected"], "open")


def test_a_report_of_a_merged_case_joins_the_case_that_has_its_reports(session, history):
    history.send(0, "word", reader=1)
    history.send(1, "word", reader=1)
    history.drain()
    history.merge(0, 1)
    history.drain()
    history.send(0, "word", reader=2)
    assert closed_and_last(session, history) == (["rejected"], "open")


def test_a_report_of_a_case_that_was_emptied_joins_the_case_that_has_its_reports(session, history):
    history.send(0, "word", context=(64, 0), position=None, reader=1)
    history.send(0, "word", context=(0, 64), position=None, reader=2)
    history.drain()
    for number in (0, 1):
        history.decide(number, "accept")
        history.decide(number, "reopen")
    history.read_page()
    history.drain()
    history.send(0, "word", reader=3)
    assert closed_and_last(session, history) == (["rejected"], "open")


def test_the_case_of_an_erased_report_goes_with_all_that_came_from_it(session, history):
    history.send(0, "word", reader=1)
    history.drain()
    history.erase(0)
    history.drain()
    history.check()
    for model in (Case, CaseReader, Placement, Selection, Suggestion):
        assert session.scalars(select(model)).all() == []


def test_a_shared_case_loses_only_what_the_erased_report_gave(session, history):
    history.send(0, "word", reader=1)
    history.send(0, "word", reader=2)
    history.drain()
    history.erase(0)
    history.drain()
    history.check()
    case = session.scalars(select(Case)).one()
    assert (case.report_count, case.reader_count) == (1, 1)
    assert history.sent[0].token not in case.search_text and history.sent[1].token in case.search_text
    assert session.scalars(select(CaseReader.reader_hash)).all() == [(2).to_bytes(16, "big")]


def test_a_decided_case_stays_without_the_erased_reports_texts(session, history):
    history.send(0, "word", reader=1)
    history.drain()
    history.decide(0, "accept")
    history.erase(0)
    history.drain()
    history.check()
    case = session.scalars(select(Case)).one()
    assert (case.status, case.report_count, case.search_text.count(history.sent[0].token)) == (
        "accepted",
        0,
        0,
    )
    assert session.scalars(select(Suggestion)).all() == []


def test_a_report_that_is_erased_before_triage_opens_no_case(session, history):
    history.send(0, "word", reader=1)
    history.erase(0)
    history.drain()
    history.check()
    assert session.scalars(select(Case)).all() == []
    assert session.scalars(select(Report.comment)).all() == [None]
