"""The form for readers without scripts: the same checks and the same limits as the API."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation import create_app
from moderation.domain.sites.settings import SiteSettings
from moderation.models import OutboxMessage, Report
from tests.support.report_form import FILLED, at_field, count, fields
from tests.support.running import eventually


class TestForm:
    def test_it_stores_what_the_api_would(self, session, send):
        answer = send()
        assert answer.status_code == 200
        assert re.search(r'href="http://[^"]+/r/[\w-]+"', answer.text)
        assert 'href="https://news.example/' in answer.text, "a way back to the article"
        report = session.scalars(select(Report)).one()
        assert (report.url, report.exact, report.correction) == (
            "https://news.example/a",
            "расказал",
            "рассказал",
        )
        assert (report.comment, report.kind, len(report.reader_hash)) == ("две «с»", "spelling", 16)
        assert count(session, OutboxMessage) == 1

    def test_readers_get_no_cookie(self, client, site, send):
        assert "Set-Cookie" not in client.get(f"/report?site={site.site_key}").headers
        assert "Set-Cookie" not in send().headers

    def test_it_comes_filled_in(self, client, site):
        page = client.get(f"/report?site={site.site_key}&url=https://news.example/b&text=слово").text
        assert site.name in page
        assert 'value="https://news.example/b"' in page and ">\r\nслово</textarea>" in page

    @pytest.mark.parametrize(
        ("referrer", "filled"),
        [("https://news.example/c", True), ("https://evil.example/c", False), ("junk", False)],
    )
    def test_the_page_it_was_opened_from(self, client, site, referrer, filled):
        page = client.get(f"/report?site={site.site_key}", headers={"Referer": referrer}).text
        assert (f'value="{referrer}"' in page) == filled

    def test_the_sites_ground_rules(self, session, client, site):
        site.settings = SiteSettings(ground_rules="Пишем <ё>")
        session.commit()
        assert "Пишем &lt;ё&gt;" in client.get(f"/report?site={site.site_key}").text

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"exact": ""}, "This field is required"),
            ({"exact": "  "}, "Укажите фрагмент с ошибкой"),
            ({"exact": "я" * 1001}, "1000"),
            ({"correction": "я" * 1001}, "1000"),
            ({"comment": "я" * 2001}, "2000"),
            ({"url": ""}, "This field is required"),
            ({"url": "nonsense"}, "Укажите полный адрес страницы"),
            ({"url": "https://evil.example/"}, "страница с другого сайта"),
            ({"kind": "style"}, "Not a valid choice"),
            ({"website": "http://pills.example"}, "Очистите это поле"),
            ({"started": ""}, "Форма устарела"),
            ({"started": "forged"}, "Форма устарела"),
        ],
    )
    def test_a_mistake_is_said_and_the_text_kept(self, session, send, changed, words):
        answer = send(**changed)
        assert answer.status_code in (403, 422)
        assert words in answer.text or words in send(lang="en", **changed).text
        if "comment" not in changed:
            assert "две «с»" in answer.text
        assert count(session) == 0

    def test_faster_than_anybody_reads(self, session, send, started):
        token = started(0.5)
        answer = send(started=token)
        assert (answer.status_code, "ещё не отправлено" in answer.text) == (422, True)
        assert f'name="started" value="{token}"' in answer.text  # its time goes on running
        assert count(session) == 0

    def test_who_was_too_fast_loses_nothing_and_only_presses_the_button_again(
        self, session, client, site, send, started
    ):
        answer = send(started=started(1))
        assert "Сообщение ещё не отправлено" in at_field(answer.text, "started")
        assert re.search(r"<button [^>]*autofocus", answer.text), "Enter is enough"
        shown = fields(answer.text)
        assert {name: shown[name] for name in FILLED} == FILLED

        def again():
            return client.post(f"/report?site={site.site_key}", data=shown).status_code == 200

        eventually(again)
        report = session.scalars(select(Report)).one()
        assert (report.exact, report.correction, report.comment, report.kind) == (
            "расказал",
            "рассказал",
            "две «с»",
            "spelling",
        )

    def test_open_for_more_than_a_day(self, session, send, started):
        assert send(started=started(25 * 3600)).status_code == 422
        assert count(session) == 0

    def test_a_refusal_is_shown_at_its_own_field(self, session, site, send):
        site.settings = SiteSettings(blocked_words=["казино"])
        session.commit()
        page = send(correction="лучшее казино").text
        assert "запрещённое слово" in at_field(page, "correction")
        assert at_field(page, "url") == at_field(page, "comment") == ""
        page = send(url="https://evil.example/").text
        assert "страница с другого сайта" in at_field(page, "url")

    def test_an_unknown_site(self, client):
        for path in ("/report?site=pk_unknown", "/report"):
            answer = client.get(path)
            assert answer.status_code == 404
            assert "Ask the site for a new link" in answer.text and "X-Site-Key" not in answer.text

    def test_the_api_and_the_form_share_one_limit(self, settings, session, redis, site, started):
        client = create_app(replace(settings, reader_limit="2 per minute")).test_client()
        body = {"url": "https://news.example/a", "quote": {"exact": "слово"}}
        api = client.post("/api/v1/reports", json=body, headers={"X-Site-Key": site.site_key})
        form = client.post(f"/report?site={site.site_key}", data=FILLED | {"started": started()})
        third = client.post(f"/report?site={site.site_key}", data=FILLED | {"started": started()})
        assert (api.status_code, form.status_code, third.status_code) == (202, 200, 429)
        assert int(third.headers["Retry-After"]) >= 1
        assert client.get(f"/report?site={site.site_key}").status_code == 200, "looking is free"
