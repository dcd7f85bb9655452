import gzip
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

import moderation
from moderation.domain.pages.credits import Credits, read_credits
from moderation.domain.sites.limits import COMMENT_LENGTH, CORRECTION_LENGTH, TITLE_LENGTH
from moderation.metrics import render
from moderation.reader.bundle import make_bundle
from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.intake.receipts import receipt_token
from moderation.services.sites.directory import find_site
from moderation.version import VERSION
from tests.factories import NOON, CaseFactory, ReportFactory, SiteFactory, place_in

# What we planted in the demo's articles, each in its neighbourhood.
PLANTED = {
    "ru": [
        "не вернуться:", "расказал", "деревев", "как было но", "в двое", "ниодного",
        "Город который", "возвращаемся.»", "по разному", "ее дома", "и и многие", "котрая", "милионов",
    ],
    "en": [
        "more then", "untill", "recieve", "collegues", "was build", "by by", "kept it's", "on there knees",
        "the the ceiling", "shelfs", "its accessable", "slept trough", "forgoten",
        "the the first", "definately",
    ],
}  # fmt: skip


@pytest.fixture
def demo(session, settings):
    seed_demo(session, settings.base_url)


class TestHome:
    def test_three_doors(self, client, demo):
        page = client.get("/").text
        for door in ("/demo/ru", "/demo/en", "/desk/queue", "/api/v1/docs"):
            assert f'href="{door}"' in page

    def test_without_the_demo_two(self, client):
        page = client.get("/").text
        assert "/demo/" not in page
        assert client.get("/demo/ru").status_code == 404

    @pytest.mark.parametrize(("browser", "lang"), [("ru-RU,ru;q=0.9", "ru"), ("de", "en"), ("en", "en")])
    def test_the_browsers_language(self, client, browser, lang):
        assert f'<html lang="{lang}">' in client.get("/", headers={"Accept-Language": browser}).text

    def test_the_switch_is_remembered(self, client):
        answer = client.get("/language/ru?next=/desk/sign-in")
        assert answer.location == "/desk/sign-in"
        assert '<html lang="ru">' in client.get("/", headers={"Accept-Language": "en"}).text

    @pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
    def test_the_switch_leads_nowhere_else(self, client, back):
        assert client.get("/language/ru", query_string={"next": back}).location == "/"


class TestArticles:
    @pytest.mark.parametrize("lang", ["ru", "en"])
    def test_at_least_twelve_typos(self, client, demo, lang):
        page = re.sub(r"<[^>]+>", "", client.get(f"/demo/{lang}").text)
        assert len(PLANTED[lang]) >= 12
        assert [typo for typo in PLANTED[lang] if typo not in page] == []

    def test_the_widget_is_one_script_tag_as_a_customer_has_it(self, client, session, demo):
        page = client.get("/demo/ru").text
        key = find_site(session, "Corrigenda demo").site_key
        tags = re.findall(r"<script.*?</script>", page)
        assert tags == [f'<script async src="/widget.js" data-site-key="{key}"></script>']
        assert "Нашли опечатку? Выделите её и" in page and "нажмите Ctrl+Enter" in page

    @pytest.mark.parametrize(("path", "section"), [("/demo/ru", "Город"), ("/demo/ru/tram", "Транспорт")])
    def test_an_article_states_its_author_and_section(self, client, demo, path, section):
        assert read_credits(client.get(path).text) == Credits(("Вера Лугова",), section)

    def test_demo_leads_to_the_russian_one(self, client, demo):
        assert client.get("/demo/").location == "/demo/ru"


class TestDemo:
    def test_seeding_twice_is_once(self, session, demo, settings):
        key = find_site(session, "Corrigenda demo").site_key
        seed_demo(session, settings.base_url)
        seed_demo(session, "http://127.0.0.1:9000")
        site = find_site(session, "Corrigenda demo")
        assert site.site_key == key
        assert set(site.origins) == {settings.base_url, "http://127.0.0.1:9000"}

    def test_the_owner_is_made_once(self, session):
        assert len(seed_owner(session).password) >= 12
        assert seed_owner(session) is None


class TestReceipt:
    @pytest.fixture
    def link(self, settings):
        return lambda report: "/r/" + receipt_token(settings.secret_keys, report.id)

    def test_it_says_what_happened_and_when(self, client, session, link):
        site = SiteFactory()
        report = ReportFactory(site=site, correction="рассказал", created_at=NOON)
        case = CaseFactory(site=site, status="fixed", decided_at=NOON + timedelta(hours=1), fixed_at=NOON)
        place_in(session, report, case)
        session.commit()
        page = client.get(link(report), headers={"Accept-Language": "ru"}).text
        for shown in ("Текст исправлен", "<del>расказал</del> <ins>рассказал</ins>", "14 июня 2026", "13:00"):
            assert shown in page
        steps = re.findall(r"<li( class=\"done\")?>\s*(\w+)", page)
        assert steps == [(' class="done"', name) for name in ("Отправлено", "Принято", "Исправлено")]
        assert quote("рассказал") in page.partition("#:~:text=")[2].partition('"')[0]

    def test_it_says_what_is_still_expected(self, client, session, link):
        report = ReportFactory(created_at=NOON)
        page = client.get(link(report), headers={"Accept-Language": "en"}).text
        assert re.findall(r"<li( class=\"done\")?>\s*(\w+)", page)[1:] == [("", "Accepted"), ("", "Fixed")]
        assert page.count("not yet") == 2

    def test_nobody_indexes_or_keeps_it(self, client, link, session):
        answer = client.get(link(ReportFactory()))
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r'(src|href)="(https?:)?//(?!news\.example)', answer.text)

    def test_another_token_is_a_plain_404(self, client):
        answer = client.get("/r/nothing")
        assert answer.status_code == 404
        assert "Report not found" in answer.text


class TestWidget:
    def test_any_site_may_load_it_and_soon_has_a_new_one(self, client):
        for path in ("/widget.js", "/widget/api.js", "/widget/api.d.ts", "/widget/reports.en.json"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert answer.headers["Cache-Control"].startswith("public, max-age=300")

    def test_a_module_is_kept_for_ever_under_its_version(self, client):
        version = re.search(r"widget/(\w{16})/", client.get("/widget.js").text)[1]
        for name in ("dialog.js", "loader.js"):
            assert "immutable" in client.get(f"/widget/{version}/{name}").headers["Cache-Control"]
        other = client.get("/widget/0123456789abcdef/dialog.js")
        assert (other.status_code, "immutable" in other.headers["Cache-Control"]) == (200, False)

    @pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
    def test_it_is_compressed_beforehand(self, client, accepts, encoding):
        answer = client.get("/widget.js", headers={"Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(answer.data)
        assert b"@HASH@" not in plain and b"corrigenda-unsent" in plain

    def test_what_has_not_changed_is_not_sent_again(self, client):
        etag = client.get("/widget.js").headers["ETag"]
        assert client.get("/widget.js", headers={"If-None-Match": etag}).status_code == 304

    def test_its_weight(self):
        """The loader alone at most 1.5 kB, with all that the first use imports at most 9.2 kB."""
        weight = {name: len(file.encoded["br"]) for name, file in make_bundle().files.items()}
        assert weight["loader.js"] <= 1500
        words = max(size for name, size in weight.items() if name.startswith("words."))  # a reader loads one
        assert weight["loader.js"] + weight["dialog.js"] + words <= 9200

    def test_its_fields_have_the_limits_of_the_api(self):
        folder = Path(moderation.__file__).parent / "static/widget/dialog"
        form, report = ((folder / name).read_text() for name in ("form.js", "report.js"))
        assert f'id: "correction", rows, maxLength: {CORRECTION_LENGTH},' in form
        assert f'id: "comment", rows: 1, maxLength: {COMMENT_LENGTH},' in form
        assert f"LONGEST_TITLE = {TITLE_LENGTH};" in report

    @pytest.mark.parametrize(
        "path", ["/widget/x/nothing.js", "/widget/x/../base.css", "/widget/x/..%2fbase.css"]
    )
    def test_nothing_else_is_served(self, client, path):
        assert client.get(path).status_code == 404


def test_machines_that_watch(client, engine, redis):
    assert client.get("/healthz").get_json() == {"status": "alive", "version": VERSION}
    assert client.get("/readyz").get_json() == {"status": "ready"}
    client.post("/api/v1/reports", data="x")
    assert 'corrigenda_reports_total{status="4' in render(engine, redis).decode()
    assert client.get("/metrics").status_code == 404, "not on the readers' port"


def test_every_page_refuses_to_be_framed(client, demo):
    for path in ("/", "/demo/ru", "/desk/sign-in", "/api/v1/docs"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
