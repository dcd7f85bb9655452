import re

import pytest

from moderation.domain.pages.credits import Credits, read_credits
from moderation.metrics import render
from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.sites.directory import find_site
from moderation.version import VERSION

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


@pytest.mark.parametrize("path", ["/", "/demo/ru", "/widget.js", "/report", "/r/x", "/unsubscribe/x", "/x"])
def test_no_page_for_readers_sets_a_cookie_but_the_choice_of_a_language(client, demo, path):
    assert "Set-Cookie" not in client.get(path).headers
    assert client.get("/language/ru").headers["Set-Cookie"].startswith("corrigenda_lang=ru;")


class TestHome:
    def test_the_home_page_leads_readers_editors_and_developers_on(self, client, demo):
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
        assert "Нашли опечатку? Выделите её и" in page and "нажмите Ctrl+Enter (на Mac — ⌘+Enter)" in page

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
