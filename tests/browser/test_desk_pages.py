"""What is beside the queue, on the real stack: a case, a page, insight, a site, an account."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from tests.support.browsing import select, sign_in, violations
from tests.support.queue import Queue
from tests.support.running import eventually


@pytest.fixture
def demo(article, desk, running):
    """Two mistakes of the demo's article, reported by the widget; answers the case's page of the first."""
    for wrong, right in (("деревев", "деревьев"), ("ниодного", "ни одного")):
        select(article, wrong)
        article.keyboard.press("Control+Enter")
        article.get_by_label("Исправление").fill(right)
        article.keyboard.press("Control+Enter")
        expect(article.get_by_role("status")).to_contain_text("Спасибо!")
        article.keyboard.press("Escape")

    def arrived():
        desk.goto(f"{running.url}/desk/queue?q=деревев&section={running.url}/demo/")
        return desk.locator("[data-case]").count()

    eventually(arrived)
    desk.locator("[data-open]").first.click()
    desk.wait_for_url("**/desk/cases/*")
    return desk


def test_a_case_has_everything_at_hand(demo, running):
    demo.get_by_role("button", name="Проверить страницу").click()

    def known():
        demo.reload()
        return demo.get_by_role("heading", name="В контексте").count()

    eventually(known)
    expect(demo.locator(".page-text mark")).to_have_text("деревев")
    expect(demo.locator(".votes ins")).to_have_text("ь")
    expect(demo.get_by_role("link", name="ниодного")).to_be_visible()
    link = demo.get_by_role("link", name="Открыть место в статье").get_attribute("href")
    assert "#:~:text=" in link
    demo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    demo.get_by_role("button", name="Скопировать исправление").click()
    expect(demo.get_by_role("button", name="Скопировано")).to_be_visible()
    assert demo.evaluate("navigator.clipboard.readText()") == "деревьев"
    demo.get_by_label("Ответственный").select_option(label="owner@corrigenda.example")
    demo.get_by_role("button", name="Назначить").click()
    expect(demo.get_by_role("status").filter(has_text="Ответственный изменён")).to_be_visible()


def test_the_link_opens_the_article_at_the_passage(demo):
    link = demo.get_by_role("link", name="Открыть место в статье").get_attribute("href")
    demo.goto(link)
    top = "document.evaluate(\"//*[text()[contains(., 'деревев')]]\", document, null, 9).singleNodeValue"
    eventually(lambda: 0 <= demo.evaluate(f"{top}.getBoundingClientRect().top") < 900)
    assert demo.evaluate("scrollY") > 0


def test_a_page_is_mended_in_one_sitting(demo):
    demo.get_by_role("button", name="Проверить страницу").click()
    expect(demo.get_by_role("status").filter(has_text="Проверяем страницу")).to_be_visible()
    eventually(lambda: demo.reload() and demo.get_by_role("link", name="Вся страница").count())
    demo.get_by_role("link", name="Вся страница").click()
    demo.wait_for_url("**/desk/pages/*")
    text = demo.get_by_role("region", name="Текст")
    expect(text.locator("del", has_text="деревев")).to_be_visible()
    shown = text.locator("del").all_inner_texts()
    assert shown.index("деревев") < shown.index("ниодного") or shown.index("деревев") > shown.index(
        "ниодного"
    )
    demo.keyboard.press("r")  # of several cases none was chosen
    case = demo.locator("section[data-case]", has_text="деревев").first
    case.get_by_role("button", name="Принять").click()
    demo.wait_for_url("**/desk/pages/*")
    accepted = demo.get_by_label("Принятые исправления")
    assert "деревев → деревьев" in accepted.input_value()
    demo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    demo.get_by_role("button", name="Скопировать все").click()
    expect(demo.get_by_role("button", name="Скопировано")).to_be_visible()
    assert "деревев → деревьев" in demo.evaluate("navigator.clipboard.readText()")
    demo.emulate_media(media="print")
    expect(demo.get_by_role("button", name="Печать")).to_be_hidden()
    printed = demo.locator("[data-printed] li")
    assert printed.count() == len(accepted.input_value().splitlines())
    expect(printed.filter(has_text="деревьев")).to_be_visible()


def test_reports_are_split_off_and_merged_again(running, desk):
    queue = Queue(running, 1)
    again = {
        "url": "https://queue.example/1",
        "quote": {"exact": "Случай", "prefix": "", "suffix": " 1: он расказал"},
    }
    queue.send(**again, comment="здесь другое")
    eventually(lambda: len(queue.cases()) == 2)
    first = next(case for case in queue.cases() if case["passage"]["exact"] == "расказал")
    desk.goto(f"{running.url}/desk/cases/{first['id']}")
    desk.get_by_role("button", name="Объединить").click()
    expect(desk.get_by_role("status").filter(has_text="Замечания объединены")).to_be_visible()
    assert [case["report_count"] for case in queue.cases()] == [2]
    desk.get_by_role("checkbox", name=re.compile("Выбрать сообщение «Случай»")).check()
    desk.get_by_role("button", name="Выделить в отдельное замечание").click()
    expect(desk.get_by_role("heading", name="1 сообщение")).to_be_visible()
    assert sorted(case["report_count"] for case in queue.cases()) == [1, 1]


def test_insight_shows_what_came(running, desk):
    queue = Queue(running, 2)
    desk.goto(f"{running.url}/desk/insight?site={queue.site['id']}&days=7")

    def counted():
        desk.reload()
        return desk.locator(".figures dd").first.inner_text() == "2"

    eventually(counted, seconds=90)  # it is added up every minute
    expect(desk.get_by_role("cell", name="queue.example/1")).to_be_visible()
    loaded = "[...document.querySelectorAll('.chart')].filter(image => image.naturalWidth).length"
    eventually(lambda: desk.evaluate(loaded) == 4)  # light and dark


def test_a_site_is_set_up_and_tried(running, desk):
    queue = Queue(running, 0)
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}")
    desk.get_by_label("Памятка читателю").fill("Мы пишем ё")
    desk.get_by_role("button", name="Сохранить").click()
    expect(desk.get_by_role("status").filter(has_text="Сохранено")).to_be_visible()
    desk.get_by_role("link", name="Установка").click()
    desk.get_by_label("Кнопка").select_option("fixed")
    desk.get_by_label("Цвет акцента").fill("#aa2200")
    snippet = desk.get_by_label("Добавьте этот код на все страницы")
    expect(snippet).to_have_value(re.compile('data-button="fixed"'))
    expect(snippet).to_have_value(re.compile("--corrigenda-accent: #aa2200"))
    expect(desk.locator("[data-frame]")).to_have_attribute("src", re.compile("accent=%23aa2200"))
    frame = desk.frame_locator("[data-frame]")
    frame.get_by_role("button", name="Открыть форму").click()
    dialog = frame.get_by_role("dialog", name="Сообщить об опечатке")
    expect(dialog.locator("mark")).to_have_text("закончаться")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert dialog.get_by_role("button", name="Отправить").evaluate(colour) == "rgb(170, 34, 0)"
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}/preview")
    assert violations(desk) == []


def test_a_colleague_is_invited_and_asked_for_a_code(running, desk, new_context):
    queue = Queue(running, 1)
    email = f"vera@{queue.site['id']}.example"
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}/members")
    desk.get_by_label("Эл. почта").fill(email)
    desk.get_by_role("button", name="Создать приглашение").click()
    link = desk.locator("code").inner_text()
    vera = new_context(locale="ru-RU").new_page()
    vera.goto(link)
    assert violations(vera) == []
    vera.get_by_label("Имя (его видят коллеги)").fill("Вера")
    vera.get_by_label("Пароль").fill("a password of her own")
    vera.get_by_role("button", name="Принять приглашение").click()
    vera.wait_for_url("**/desk/queue")
    assert vera.locator("[data-case]").count() == 1
    vera.get_by_role("link", name="Вера").click()
    vera.get_by_role("link", name="Включить").click()
    secret = vera.locator("code").inner_text()
    code = pyotp.TOTP(secret)
    vera.get_by_label("Шестизначный код").fill(code.now())
    vera.get_by_label("Текущий пароль").fill("a password of her own")
    vera.get_by_role("button", name="Включить").click()
    recovery = vera.locator(".codes code").first.inner_text()
    assert violations(vera) == []
    again = new_context(locale="ru-RU").new_page()
    again.goto(f"{running.url}/desk/")
    again.get_by_label("Эл. почта").fill(email)
    again.get_by_label("Пароль").fill("a password of her own")
    again.keyboard.press("Enter")
    again.get_by_label("Код из приложения или резервный код").fill(recovery)
    assert violations(again) == []
    again.keyboard.press("Enter")
    again.wait_for_url("**/desk/queue")
    vera.goto(f"{running.url}/desk/account")
    vera.get_by_label("Текущий пароль").first.fill("a password of her own")
    vera.get_by_label("Новый пароль").fill("quite another password")
    vera.get_by_role("button", name="Сменить пароль").click()
    expect(vera.get_by_role("status").filter(has_text="Пароль изменён")).to_be_visible()
    again.reload()
    again.wait_for_url("**/desk/sign-in**")


def test_cases_as_a_file(running, desk):
    queue = Queue(running, 2)
    desk.goto(queue.url)
    with desk.expect_download() as started:
        desk.get_by_role("link", name="csv").click()
    text = started.value.path().read_text("utf-8-sig")
    assert text.count("расказал") == 2 and text.startswith("id,site,status")


def test_a_viewer_reads_only(running, new_context):
    queue = Queue(running, 1)
    email = f"viewer@{queue.site['id']}.example"
    made = running.cli("editor", "add", email, "--role", "viewer", "--site", queue.name, "--json")
    page = new_context(locale="ru-RU").new_page()
    sign_in(page, running, email, made["password"])
    expect(page.locator("[data-case]")).to_have_count(1)
    expect(page.get_by_role("button", name="Принять")).to_have_count(0)
    page.keyboard.press("j")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.keyboard.press("a")
    page.reload()
    assert not any("decisions" in url for url in requests)
    assert len(queue.cases()) == 1
