"""The form for readers without scripts: the same checks and the same limits as the API."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from moderation import create_app
from moderation.domain.sites.settings import SiteSettings
from moderation.models import OutboxMessage, Report, Withdrawal
from moderation.services.intake.form_token import make_form_token
from moderation.services.intake.reader_hash import reader_hash
from moderation.services.intake.receipts import receipt_token
from tests.factories import ReportFactory, SiteFactory

FILLED = {
    "url": "https://news.example/a?utm_source=x", "exact": "расказал", "correction": "рассказал",
    "comment": "две «с»", "kind": "spelling", "website": "",
}  # fmt: skip


@pytest.fixture
def started(settings, site):
    """The token of a form that was opened some seconds ago."""

    def make(seconds=10.0, site=site, address="127.0.0.1"):
        now = datetime.now(UTC)
        reader = reader_hash(settings.secret_key, address, now.date())
        return make_form_token(settings.secret_key, site.id, reader, now - timedelta(seconds=seconds))

    return make


@pytest.fixture
def send(client, site, started):
    def post(lang="ru", **changed):
        form = FILLED | {"started": started()} | changed
        return client.post(
            f"/report?site={site.site_key}",
            data=form,
            headers={"Accept-Language": lang},
            follow_redirects=False,
        )

    return post


def count(session, model=Report):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def at_field(page, name):
    """The error that the page shows at a field."""
    match = re.search(rf'id="{name}-error">([^<]*)<', page)
    return match[1] if match else ""


class TestForm:
    def test_it_stores_what_the_api_would(self, session, send):
        answer = send()
        assert answer.status_code == 200
        assert re.search(r'href="http://[^"]+/r/[\w-]+"', answer.text)
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
        answer = send(started=started(0.5))
        assert (answer.status_code, "ещё раз" in answer.text) == (422, True)
        assert count(session) == 0

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
        assert client.get("/report?site=pk_unknown").status_code == 401
        assert client.get("/report").status_code == 401

    def test_the_api_and_the_form_share_one_limit(self, settings, session, redis, site, started):
        client = create_app(replace(settings, reader_limit="2 per minute")).test_client()
        body = {"url": "https://news.example/a", "quote": {"exact": "слово"}}
        api = client.post("/api/v1/reports", json=body, headers={"X-Site-Key": site.site_key})
        form = client.post(f"/report?site={site.site_key}", data=FILLED | {"started": started()})
        third = client.post(f"/report?site={site.site_key}", data=FILLED | {"started": started()})
        assert (api.status_code, form.status_code, third.status_code) == (202, 200, 429)
        assert int(third.headers["Retry-After"]) >= 1
        assert client.get(f"/report?site={site.site_key}").status_code == 200, "looking is free"


class TestAttacks:
    """Each was possible in version 0.1."""

    def test_one_token_serves_one_report(self, session, send, started):
        token = started()
        assert send(started=token).status_code == 200
        again = send(started=token)
        assert (again.status_code, "Форма уже отправлена" in again.text) == (422, True)
        assert count(session) == 1

    def test_another_spelling_of_a_used_token_is_used_too(self, session, send, started):
        token = started()
        send(started=token)
        for last in "AQgwBRhxCSiy":
            assert send(started=token[:-1] + last).status_code == 422
        assert count(session) == 1

    def test_a_token_serves_the_reader_who_opened_the_form(self, session, send, started):
        assert send(started=started(address="192.0.2.7")).status_code == 422
        assert count(session) == 0

    def test_a_token_serves_the_site_whose_form_it_was(self, session, send, started):
        assert send(started=started(site=SiteFactory())).status_code == 422
        assert count(session) == 0

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
    def test_another_sites_page_cannot_report_in_its_visitors_name(
        self, session, client, site, started, origin
    ):
        form = FILLED | {"started": started()}
        answer = client.post(f"/report?site={site.site_key}", data=form, headers={"Origin": origin})
        assert answer.status_code == 403
        assert count(session) == 0

    def test_the_forms_own_page_may_send_it(self, client, site, started):
        form = FILLED | {"started": started()}
        answer = client.post(
            f"/report?site={site.site_key}", data=form, headers={"Origin": "http://localhost"}
        )
        assert answer.status_code == 200

    def test_a_json_body_is_no_form(self, client, site, started):
        answer = client.post(f"/report?site={site.site_key}", json=FILLED | {"started": started()})
        assert answer.status_code == 415

    def test_instead_of_a_proof_of_work_the_form_costs_waiting(self, session, site, send, started):
        site.settings = SiteSettings(proof_of_work=True)
        session.commit()
        assert send(started=started(5)).status_code == 422
        assert [send(started=started(11)).status_code for _ in range(5)] == [200] * 4 + [429]
        assert count(session) == 4

    def test_a_limit_of_a_site_cannot_be_used_up_or_passed_by_a_header(
        self, settings, session, redis, site, started
    ):
        client = create_app(replace(settings, site_limit="2 per minute")).test_client()

        def send(key, **headers):
            return client.post(
                f"/report?site={key}", data=FILLED | {"started": started()}, headers=headers
            ).status_code

        for _ in range(3):
            assert send("pk_none", **{"X-Site-Key": site.site_key}) == 401
        sent = [send(site.site_key, **{"X-Site-Key": f"junk{number}"}) for number in range(3)]
        assert sent == [200, 200, 429]


class TestBlocked:
    def test_words(self, session, site, send):
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

    def test_readers(self, session, site, client, send):
        send()
        known = session.scalars(select(Report.reader_hash)).one()
        site.settings = SiteSettings(blocked_readers=[known.hex()])
        session.commit()
        client.application.extensions["corrigenda"].sites.forget()
        assert send().status_code == 403
        assert count(session) == 1


class TestWithdraw:
    def test_the_reader_takes_it_back_by_the_receipt(self, session, client, settings):
        report = ReportFactory()
        path = "/r/" + receipt_token(settings.secret_key, report.id)
        assert "Withdraw report" in client.get(path).text
        assert client.post(path + "/withdraw").location == path
        page = client.get(path).text
        assert "You withdrew this report." in page
        assert "расказал" not in page and "Withdraw report" not in page
        assert count(session, Withdrawal) == 1
        client.post(path + "/withdraw")
        assert count(session, Withdrawal) == 1
        answer = client.get(path.replace("/r/", "/api/v1/receipts/")).get_json()
        assert answer["status"] == "withdrawn"

    def test_nobody_else_does(self, session, client, settings):
        ReportFactory()
        assert client.post("/r/nothing/withdraw").status_code == 404
        assert count(session, Withdrawal) == 0
