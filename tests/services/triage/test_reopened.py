from sqlalchemy import select

from moderation.models import Case


def test_a_case_that_readers_reopen_shows_what_they_sent_while_it_was_rejected(session, history):
    history.send(5, "word", reader=1)
    history.drain()
    history.decide(0, "reject")
    history.drain()
    history.tick(hours=1)
    for reader in (5, 6, 7):
        history.send(5, "neighbours", reader=reader, correct="right")
    history.drain()
    case = session.scalars(select(Case)).one()
    assert (case.status, [(one.source, one.votes) for one in case.suggestions]) == ("open", [("reader", 3)])
    history.check()
