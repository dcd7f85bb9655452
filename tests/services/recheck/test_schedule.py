from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.models import Page, Revision
from moderation.services.recheck.request import UnknownPage, request_recheck
from tests.factories import NOON, EditorFactory
from tests.support.rechecked import LATER, TEXT, article, case_of


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
