from sqlalchemy import select

from moderation.models import Case
from tests.factories import NOON
from tests.support.history import History
from tests.support.mistaken_article import make_article


def test_a_case_that_readers_reopen_shows_what_they_sent_while_it_was_rejected(
    sessions, session, web, fetcher
):
    history = History(sessions, web, fetcher, make_article(0), NOON)
    history.begin()
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
