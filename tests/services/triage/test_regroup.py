"""Histories after which version 0.1 placed no report of the page any more."""

import pytest
from sqlalchemy import select

from moderation.models import Case, Page, Placement, Selection
from moderation.services.triage.place import place
from moderation.services.triage.save import regroup_pages
from moderation.services.triage.withdraw import take_out, withdraw
from tests.factories import NOON, ReportFactory, RevisionFactory
from tests.support.history.world import World

SENTENCE = "О новых сроках расказал на встрече с жителями главный архетектор города Пётр Савин."
TEXT = f"Набережную откроют осенью. {SENTENCE} Работы начались ещё в прошлом году, напоминает мэрия."


@pytest.fixture
def send(session, site):
    def make(exact, text=TEXT, start=0, **fields):
        at = text.index(exact, start)
        quote = {"exact": exact, "prefix": text[max(0, at - 64) : at], "suffix": text[at + len(exact) :][:64]}
        report = ReportFactory(**{"site": site, "created_at": NOON, **quote, **fields})
        place(session, [report.id], NOON)
        session.commit()
        session.expire_all()
        return report

    return make


@pytest.fixture
def page_says(session):
    """The page is read, and holds this text."""

    def see(text):
        page = session.scalars(select(Page)).one()
        RevisionFactory(page=page, text=text)
        session.flush()
        regroup_pages(session, [page], NOON)
        session.commit()
        session.expire_all()

    return see


def case_of(session, report):
    return session.get(
        Case, session.scalars(select(Placement.case_id).where(Placement.report_id == report.id)).one()
    )


def test_a_second_mistake_in_a_reported_sentence_opens_a_case_and_leaves_the_first_its_own(session, send):
    first, sentence = send("расказал"), send(SENTENCE, comment="две ошибки")
    case = case_of(session, first)
    assert case_of(session, sentence).id == case.id
    second = send("архетектор")
    assert case_of(session, first).id == case.id
    others = {case_of(session, report).id for report in (sentence, second)}
    assert len(others) == 2 and case.id not in others
    assert {one.report_count for one in session.scalars(select(Case))} == {1}
    assert "две ошибки" not in case_of(session, first).search_text
    assert "две ошибки" in case_of(session, sentence).search_text


def test_a_page_edited_beside_the_mistake_loses_the_sentence_and_keeps_the_case(session, send, page_says):
    word, sentence = send("расказал"), send(SENTENCE)
    page_says(TEXT.replace("главный архетектор города", "главный архитектор области и города"))
    later = send("расказал", reader_hash=b"r" * 16)
    assert len({case_of(session, report).id for report in (word, sentence, later)}) == 1
    assert case_of(session, word).report_count == 3


def test_a_paragraph_that_stands_twice_comes_apart_when_the_page_is_read(session, send, page_says):
    page = f"Главное за день. {SENTENCE} Читайте дальше. Подробности. {SENTENCE} Работы начались."
    teaser = send("расказал", page)
    body = send("расказал", page, start=len(page) // 2)
    between = send(
        "расказал", page, prefix="О новых сроках ", suffix=" на встрече с жителями главный архетектор"
    )
    page_says(page)
    assert case_of(session, teaser).id != case_of(session, body).id
    assert case_of(session, between).id in {case_of(session, one).id for one in (teaser, body)}
    later = send("расказал", page, start=len(page) // 2, correction="рассказал")
    assert case_of(session, later).id == case_of(session, body).id


def test_a_case_is_shown_in_one_readers_words_never_in_two_contexts_joined(session, send):
    send("расказал", prefix="В тизере: О новых сроках ", suffix=" на встрече с жителями главный архетектор")
    send(
        "расказал", prefix="О новых сроках ", suffix=" на встрече с жителями главный архетектор города и тело"
    )
    [case] = session.scalars(select(Case))
    shown = case.prefix + case.exact + case.suffix
    quotes = {one.prefix + one.exact + one.suffix for one in session.scalars(select(Selection))}
    assert any(shown in quote for quote in quotes)


def test_a_withdrawn_selection_says_nothing_about_the_others(session, send):
    first, second, sentence = send("расказал"), send("архетектор"), send(SENTENCE)
    assert len({case_of(session, one).id for one in (first, second, sentence)}) == 3
    withdraw(session, first.id, NOON)
    take_out(session, [first.id], NOON)
    session.commit()
    session.expire_all()
    assert case_of(session, sentence).id == case_of(session, second).id


def test_a_cut_word_found_in_the_next_word_brings_no_two_mistakes_together(sessions, web, fetcher):
    history = World.make(sessions, web, fetcher, NOON, words=72, paragraphs=3)
    history.pages[0].edit("lead", 10)
    history.send(1, "inside", context=(64, 0), position=None)
    history.send(0, "word", context=(64, 0), position=7)
    history.send(1, "word", context=(200, 200), position=7)
    history.drain()
    history.check()
    history.pages[0].edit("mend", 1)
    history.read_page()
    history.drain()
    history.check()
