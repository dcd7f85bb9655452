from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.models import Case, Decision
from moderation.services.recheck import settle
from moderation.services.triage.place import place
from tests.factories import NOON, ReportFactory
from tests.support.rechecked import LATER, SIGN_IN, TEXT, article, case_of


class TestMended:
    @pytest.mark.parametrize(
        ("before", "after", "outcome", "text"),
        [
            ("расказал", "рассказал", "as_suggested", "рассказал"),
            ("расказал", "поведал", "otherwise", "поведал"),
            (
                TEXT[: TEXT.index("Остальные")],
                "Совсем новый текст о другом, который написан заново. " * 4,
                "gone",
                None,
            ),
        ],
    )
    @pytest.mark.parametrize("status", ["accepted", "open"])
    def test_the_case_closes_itself_and_says_how(
        self, session, report, check, accept, web, before, after, outcome, text, status
    ):
        case = report(correction="рассказал")
        check()
        if status == "accepted":
            accept(case_of(session))
        web.pages["/a"] = article(TEXT.replace(before, after))
        assert check(LATER) == 1
        case = session.get(Case, case.id)
        assert (case.status, case.outcome, case.mended_text) == ("fixed", outcome, text)
        [step] = session.scalars(select(Decision).where(Decision.action == "fix"))
        assert (step.editor_id, step.cause, step.cause_detail) == (None, "seen_mended", outcome)

    def test_a_mistake_that_still_stands_leaves_its_case_accepted(self, session, report, check, accept):
        case = report()
        check()
        accept(case_of(session))
        check(LATER)
        case = session.get(Case, case.id)
        assert (case.status, case.outcome) == ("accepted", "still_there")

    def test_an_edited_neighbourhood_closes_nothing(self, session, report, check, accept, web):
        report()
        check()
        accept(case_of(session))
        web.pages["/a"] = article(TEXT.replace("О новых сроках", "Как стало известно, о сроках работ"))
        check(LATER)
        assert case_of(session).status == "accepted"

    @pytest.mark.parametrize(
        "page",
        [
            "<html><body><h1>Ошибка</h1><p>Что-то пошло не так, попробуйте позже.</p></body></html>",
            f"<html><body><form><input type=password></form><p>{SIGN_IN}</p></body></html>",
            f'<html><head><link rel=canonical href="/login"></head><article>{TEXT[90:]}</article></html>',
            "<html><body></body></html>",
            (302, {"Location": "/front"}, b""),
            (503, {}, b""),
        ],
        ids=["error", "sign-in", "canonical", "empty", "redirect", "503"],
    )
    def test_never_on_a_page_that_is_not_the_article(self, session, report, check, accept, web, page):
        report()
        check()
        accept(case_of(session))
        web.pages["/front"] = article("Главная страница. " * 30)
        web.pages["/a"] = page
        check(LATER)
        case = case_of(session)
        assert (case.status, case.outcome) == ("accepted", "unknown")

    @pytest.mark.parametrize("status", ["accepted", "open"])
    def test_a_mistake_that_stands_is_not_closed_because_a_teaser_has_it_right(
        self, session, report, check, accept, web, status
    ):
        teaser = f"</p><p>Коротко. {TEXT.replace('расказал', 'рассказал')[:170]}"
        web.pages["/a"] = article(TEXT + teaser)
        case = report(correction="рассказал")
        check()
        if status == "accepted":
            accept(case_of(session))
        edited = "Вечером Савин расказал прессе." + TEXT[TEXT.index(" По его") :]
        web.pages["/a"] = article(edited + teaser)
        check(LATER)
        assert session.get(Case, case.id).status == status
        web.pages["/a"] = article(edited.replace("расказал", "рассказал") + teaser)
        check(LATER + timedelta(minutes=10))
        assert session.get(Case, case.id).status == "fixed"

    def test_a_missing_comma_is_not_closed_because_a_teaser_has_it(self, session, report, check, web):
        teaser = f"</p><p>Коротко. {TEXT.replace('города Пётр', 'города, Пётр')[:170]}"
        web.pages["/a"] = article(TEXT + teaser)
        case = report("города", correction="города,")
        check()
        edited = "Вечером выступил архитектор города Пётр" + TEXT[TEXT.index(" Савин") :]
        web.pages["/a"] = article(edited + teaser)
        check(LATER)
        assert session.get(Case, case.id).status == "open"
        web.pages["/a"] = article(edited.replace("города Пётр", "города, Пётр") + teaser)
        check(LATER + timedelta(minutes=10))
        assert session.get(Case, case.id).status == "fixed"

    def test_a_mistake_that_comes_back_reopens_the_case(self, session, report, check, accept, web):
        report(correction="рассказал")
        check()
        accept(case_of(session))
        web.pages["/a"] = article(TEXT.replace("расказал", "рассказал"))
        check(LATER)
        web.pages["/a"] = article(TEXT)
        check(LATER + timedelta(minutes=10))
        case = case_of(session)
        assert (case.status, case.outcome) == ("open", "still_there")

    def test_a_late_report_of_a_fixed_case_has_the_page_looked_at(self, session, report, check, accept, web):
        report(correction="рассказал")
        check()
        accept(case_of(session))
        web.pages["/a"] = article(TEXT.replace("расказал", "рассказал"))
        check(LATER)
        much_later = LATER + timedelta(hours=3)
        case = report(now=much_later)
        assert case.status == "fixed"
        web.pages["/a"] = article(TEXT)
        assert check(much_later) == 1
        assert case_of(session).status == "open"

    def test_a_correction_that_adds_a_comma(self, session, report, check, accept, web):
        case = report("города", correction="города,")
        check()
        accept(session.get(Case, case.id), correction="города,")
        check(LATER)
        assert session.get(Case, case.id).status == "accepted"
        web.pages["/a"] = article(TEXT.replace("города Пётр", "города, Пётр"))
        check(LATER + timedelta(minutes=10))
        assert session.get(Case, case.id).outcome == "as_suggested"

    def test_a_word_that_stands_is_not_closed_because_other_words_of_the_passage_were_mended(
        self, session, report, check, web
    ):
        report()
        wide = "расказал на встрече с жителями главный архитектор города Пётр Савин"
        report(wide, correction="рассказал на встрече с жителями, главный архитектор города Петр Савин")
        check()
        partly = TEXT.replace("Пётр", "Петр")
        web.pages["/a"] = article(partly)
        check(LATER)
        [case] = session.scalars(select(Case))
        assert (case.status, case.report_count) == ("open", 2)
        web.pages["/a"] = article(partly.replace("расказал", "рассказал"))
        check(LATER + timedelta(minutes=10))
        assert session.scalars(select(Case.status)).all() == ["fixed"]


def test_of_very_many_cases_those_that_stood_on_the_page_are_compared(
    session, report, check, accept, web, monkeypatch, site, url
):
    """A stranger can open any number of cases with passages that the page never had."""
    monkeypatch.setattr(settle, "MOST_SETTLED", 1)
    for number in range(3):
        foreign = ReportFactory(site=site, url=url, exact=f"выдумка{number}", prefix="нет ", suffix=" такого")
        place(session, [foreign.id], NOON)
    accept(report(correction="рассказал"))
    check()
    web.pages["/a"] = article(TEXT.replace("расказал", "рассказал"))
    check(LATER)
    assert case_of(session).status == "fixed"
