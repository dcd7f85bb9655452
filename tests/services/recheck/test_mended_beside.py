from datetime import timedelta

from tests.support.rechecked import LATER, TEXT, article, case_of


class TestMendedBeside:
    """Readers select the word, not the comma that is missing beside it."""

    COMMA = TEXT.replace("встрече с жителями главный", "встрече с жителями, главный")

    def test_an_accepted_case_without_a_correction_is_closed(self, session, report, check, accept, web):
        case = report("жителями")
        check()
        accept(case, None)
        web.pages["/a"] = article(self.COMMA)
        check(LATER)
        case = case_of(session, "жителями")
        assert (case.status, case.outcome, case.mended_text) == ("fixed", "beside", "жителями,")
        check(LATER + timedelta(days=1))
        assert case_of(session, "жителями").status == "fixed"

    def test_it_opens_again_when_the_edit_is_taken_back(self, session, report, check, accept, web):
        case = report("жителями")
        check()
        accept(case, None)
        for number, text in enumerate((self.COMMA, TEXT.replace("Работы", "Все работы"))):
            web.pages["/a"] = article(text)
            check(LATER + timedelta(days=number))
        case = case_of(session, "жителями")
        assert (case.status, case.outcome) == ("open", "still_there")

    def test_it_stays_closed_when_the_text_beside_it_changes_again(self, session, report, check, accept, web):
        case = report("жителями")
        check()
        accept(case, None)
        for number, text in enumerate((self.COMMA, self.COMMA.replace("жителями, ", "жителями – "))):
            web.pages["/a"] = article(text)
            check(LATER + timedelta(days=number))
        assert case_of(session, "жителями").status == "fixed"

    def test_an_open_case_stays_open(self, session, report, check, web):
        report("жителями")
        check()
        web.pages["/a"] = article(self.COMMA)
        check(LATER)
        assert case_of(session, "жителями").status == "open"

    def test_an_edit_between_two_cases_closes_the_first(self, session, report, check, accept, web):
        first, second = report("жителями"), report("главный")
        check()
        accept(first, None)
        accept(second, None)
        web.pages["/a"] = article(self.COMMA)
        check(LATER)
        assert case_of(session, "жителями").outcome == "beside"
        assert case_of(session, "главный").status == "accepted"
