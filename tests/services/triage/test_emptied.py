"""Nobody judged the mistake of a case that only lost its reports: the next report of it is open."""

from sqlalchemy import select

from moderation.models import Case, Placement


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
