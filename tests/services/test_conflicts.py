"""A use case that PostgreSQL ends to resolve a deadlock is repeated, and nobody notices."""

from threading import Event, Thread

from sqlalchemy import text

from moderation.models import Case, Editor, Page
from moderation.services.cases.decide import decide
from tests.factories import NOON


def test_a_decision_that_loses_a_deadlock_is_made_after_it(sessions, session, case, editor):
    holds_page, answers = Event(), []

    def lock_in_the_wrong_order():
        with sessions() as other:
            other.execute(text("SET LOCAL deadlock_timeout = '60s'"))  # the decision is the one that loses
            other.get(Page, case.page_id, with_for_update=True)
            holds_page.set()
            other.get(Case, case.id, with_for_update=True)

    def make_decision():
        holds_page.wait(30)
        with sessions() as own:
            own_editor = own.get_one(Editor, editor.id)
            answers.append(
                decide(own, own_editor, case.id, "accept", version=case.version, now=NOON).case.status
            )

    threads = [Thread(target=lock_in_the_wrong_order), Thread(target=make_decision)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == ["accepted"]
    session.refresh(case)
    assert case.status == "accepted"
