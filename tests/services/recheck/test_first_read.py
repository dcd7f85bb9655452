import pytest
from sqlalchemy import select

from moderation.models import Page, Revision
from moderation.services.cases.corrections import corrections_of
from tests.factories import NOON
from tests.support.rechecked import LATER, SIGN_IN, TEXT, article, case_of


class TestFirstLook:
    def test_a_new_page_is_fetched_and_the_passage_found(self, session, report, check):
        case = report()
        assert case.state == "unchecked"
        assert check() == 1
        case = case_of(session)
        assert (case.state, case.start, case.end) == ("found", 15, 23)
        assert session.scalars(select(Page.fetch_state)).all() == ["ok"]

    def test_the_context_shown_is_of_the_passages_paragraph(self, session, report, check, web):
        web.pages["/a"] = article("<h1>Мост</h1>" + TEXT.replace(" главный", "<p>Главный"))
        report()
        check()
        case = case_of(session)
        assert (case.before, case.after) == ("О новых сроках ", " на встрече с жителями")
        assert case.suffix.startswith(" на встрече с жителями Главный архитектор")

    def test_later_reports_are_placed_by_the_page(self, session, report, check):
        report()
        check()
        case = report("каз")
        assert case is None, "half a word is the word"
        assert case_of(session).report_count == 2

    def test_a_passage_that_is_not_there_is_not_closed(self, session, report, check, web):
        web.pages["/a"] = article(TEXT.replace("О новых сроках расказал", "Вчера объявил о планах"))
        report()
        check()
        case = case_of(session)
        assert (case.status, case.state) == ("open", "gone")

    def test_unless_it_reads_as_suggested_already(self, session, report, check, web):
        web.pages["/a"] = article(TEXT.replace("расказал", "рассказал"))
        report(correction="рассказал")
        check()
        assert (case_of(session).status, case_of(session).outcome) == ("fixed", "as_suggested")

    def test_a_stranger_publishes_nothing_that_the_page_never_said(self, session, report, check, web, site):
        right = TEXT.replace("расказал", "рассказал")
        web.pages["/a"] = article(right).replace("<body>", "<title>Own title</title><body>")
        report(exact="расказал", correction="рассказал", title="Buy at spam.example")
        assert session.scalars(select(Page.title)).one() == "Buy at spam.example"
        check()
        assert case_of(session).status == "fixed" and corrections_of(session, site.id) == []
        assert session.scalars(select(Page.title)).one() == "Own title"
        report(exact="новых", title="Spam again")
        assert session.scalars(select(Page.title)).one() == "Own title"

    def test_a_page_without_any_text_that_was_reported_is_not_read(self, session, report, check, web):
        web.pages["/a"] = article(SIGN_IN)
        report()
        check()
        page = session.scalars(select(Page)).one()
        assert (page.fetch_state, page.unread_reason) == ("unreadable", "text_missing")
        assert case_of(session).state == "unchecked" and session.scalars(select(Revision)).all() == []

    def test_a_later_report_lets_it_be_read_again(self, session, report, check, web):
        web.pages["/a"] = article(SIGN_IN)
        report()
        check()
        web.pages["/a"] = article(TEXT)
        report("брусчатку", now=LATER)
        assert check(LATER) == 1
        assert case_of(session).state == "found"

    @pytest.mark.parametrize(
        "answer", [(404, {}, b""), (500, {}, b""), (403, {}, b""), (200, {"Content-Type": "image/png"}, b"x")]
    )
    def test_a_page_that_cannot_be_read_is_no_error(self, session, report, check, web, answer):
        web.pages["/a"] = answer
        report()
        check()
        assert (case_of(session).status, case_of(session).state) == ("open", "unchecked")
        assert session.scalars(select(Page.check_at)).one() > NOON
