"""Blocked words and blocked readers at the report form."""

from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import Report
from tests.support.report_form import count


class TestBlocked:
    def test_a_report_with_a_blocked_word_is_refused(self, session, site, send):
        site.settings = SiteSettings(blocked_words=["Казино"])
        session.commit()
        answer = send(comment="лучшее казино")
        assert answer.status_code == 422
        assert "запрещённое слово" in answer.text
        assert send(comment="лучшее кино").status_code == 200

    def test_a_word_in_the_sites_own_text_counts_for_nothing(self, session, site, send):
        site.settings = SiteSettings(blocked_words=["казино"])
        session.commit()
        assert send(exact="казино закрыли", correction="").status_code == 200

    def test_a_blocked_reader_is_refused(self, session, site, client, send):
        send()
        known = session.scalars(select(Report.reader_hash)).one()
        site.settings = SiteSettings(blocked_readers=[known.hex()])
        session.commit()
        client.application.extensions["corrigenda"].sites.forget()
        assert send().status_code == 403
        assert count(session) == 1
