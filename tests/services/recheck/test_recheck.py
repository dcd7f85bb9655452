from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import Case, Decision, Page, Revision
from moderation.secret_keys import SecretKeys
from moderation.services.cases.corrections import corrections_of
from moderation.services.cases.decide import decide
from moderation.services.recheck.request import UnknownPage, request_recheck
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.place import place
from tests.factories import NOON, EditorFactory, ReportFactory, SiteFactory

TEXT = (
    "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. По его словам, "
    "подрядчик уже уложил брусчатку на двух из четырёх участков и приступил к установке фонарей. "
    "Остальные работы, в том числе посадку деревьев, закончат к двадцатому августа."
)


SIGN_IN = "Чтобы читать дальше, войдите или оформите подписку. " * 8


def article(text):
    return f"<html><body><nav>Меню</nav><article><p>{text}</p></article></body></html>"


@pytest.fixture
def site(web, session):
    return SiteFactory(origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1))


@pytest.fixture
def url(web):
    web.pages["/a"] = article(TEXT)
    return web.url + "/a"


@pytest.fixture
def report(session, site, url):
    def make(exact="расказал", now=NOON, **fields):
        at = TEXT.index(exact)
        quote = {"exact": exact, "prefix": TEXT[max(0, at - 64) : at], "suffix": TEXT[at + len(exact) :][:64]}
        made = ReportFactory(**{"site": site, "url": url, "created_at": NOON, **quote, **fields})
        place(session, [made.id], now)
        session.commit()
        return case_of(session, exact)

    return make


def case_of(session, exact="расказал"):
    session.expire_all()
    return session.scalars(select(Case).where(Case.exact == exact)).first()


@pytest.fixture
def check(sessions, session, fetcher):
    """Looks at every page that is due at a time."""

    def run(now=NOON):
        done = Rechecker(sessions, fetcher, lambda: now, SecretKeys("s")).run()
        session.expire_all()
        return done

    return run


@pytest.fixture
def accept(session, site):
    editor = EditorFactory(role="editor", role__site=site)

    def run(case, correction="рассказал", action="accept"):
        return decide(session, editor, case.id, action, version=case.version, now=NOON, correction=correction)

    return run


LATER = NOON + timedelta(minutes=3)


class TestFirstLook:
    def test_a_new_page_is_fetched_and_the_passage_found(self, session, report, check):
        case = report()
        assert case.state == "unchecked"
        assert check() == 1
        case = case_of(session)
        assert (case.state, case.start, case.end) == ("found", 15, 23)
        assert session.scalars(select(Page.fetch_state)).all() == ["ok"]

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

    def test_still_there(self, session, report, check, accept):
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


class TestSchedule:
    def test_the_pauses_widen_to_a_day_and_end_after_a_month(self, session, report, check):
        report()
        now, pauses = NOON, []
        while True:
            check(now)
            due = session.scalars(select(Page.check_at)).one()
            if due is None:
                break
            pauses.append(due - now)
            now = due
        assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 16)]
        assert pauses[-1] == timedelta(days=1)
        assert timedelta(days=28) < now - NOON <= timedelta(days=30)
        assert session.scalars(select(Revision)).all() == [], "nobody needs the text any more"

    def test_one_fetch_for_all_cases_of_a_page(self, report, check, web):
        report()
        report("участков")
        report("августа")
        check()
        assert web.visits("/a") == 1

    def test_it_asks_whether_anything_changed(self, session, report, check, web):
        etagged = (200, {"Content-Type": "text/html; charset=utf-8", "ETag": '"1"'}, article(TEXT).encode())
        web.pages["/a"] = lambda headers: (304, {}, b"") if headers.get("if-none-match") else etagged
        report()
        check()
        check(LATER)
        assert web.asked[-1][1]["if-none-match"] == '"1"'
        assert case_of(session).outcome == "still_there"

    def test_only_the_latest_text_is_kept(self, session, report, check, web):
        report()
        check()
        web.pages["/a"] = article(TEXT + " Дополнено.")
        check(LATER)
        [revision] = session.scalars(select(Revision))
        assert revision.text == TEXT + " Дополнено. Меню"

    def test_a_cms_has_it_looked_at_now(self, session, site, report, check, url):
        report()
        check()
        assert check(NOON + timedelta(seconds=5)) == 0
        request_recheck(session, None, url + "?utm_source=cms", NOON + timedelta(seconds=5))
        assert check(NOON + timedelta(seconds=5)) == 1

    def test_a_request_while_the_page_is_being_fetched_is_not_lost(
        self, session, sessions, report, check, accept, web, url
    ):
        accept(report())

        def publish_meanwhile(_headers):
            web.pages["/a"] = article(TEXT.replace("расказал", "рассказал"))
            with sessions() as another:
                request_recheck(another, None, url, NOON)
            return 200, {"Content-Type": "text/html; charset=utf-8"}, article(TEXT).encode()

        web.pages["/a"] = publish_meanwhile
        request_recheck(session, None, url, NOON)
        assert check() == 2
        assert case_of(session).status == "fixed"

    def test_a_page_that_nobody_reported(self, session, site, web):
        with pytest.raises(UnknownPage):
            request_recheck(session, EditorFactory(role="admin", role__site=site), web.url + "/other", NOON)
