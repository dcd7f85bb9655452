"""The main job, from a reader's selection to the reader's receipt, on the real stack."""

import re

from playwright.sync_api import expect

from tests.support.browsing import select
from tests.support.running import eventually


def test_a_reader_sends_a_typo_and_an_editor_settles_it(article, desk, running):
    select(article, "котрая")
    article.keyboard.press("Control+Enter")
    dialog = article.get_by_role("dialog", name="Сообщить об опечатке")
    expect(dialog).to_contain_text("Выделенный текст")
    expect(dialog.locator("mark")).to_have_text("котрая")
    expect(dialog.get_by_label("Исправление")).to_be_focused()
    article.keyboard.press("ControlOrMeta+a")
    article.keyboard.type("которая")
    article.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
    with article.expect_popup() as opened:
        dialog.get_by_role("link", name="Что с моим сообщением?").click()
    receipt = opened.value

    def arrived():
        desk.goto(f"{running.url}/desk/queue")
        return desk.locator(".cases > li", has_text="котрая").count()

    eventually(arrived)
    case = desk.locator(".cases > li", has_text="котрая")
    expect(case.locator("[data-open] del")).to_have_text("котрая")
    expect(case.locator("[data-open] ins")).to_have_text("которая")
    case.locator("[data-open]").click()
    expect(desk.get_by_role("heading", name="1 сообщение")).to_be_visible()
    desk.get_by_role("button", name="Принять").click()
    expect(desk.locator("[data-toasts]")).to_contain_text("Принято: ")
    expect(desk.get_by_role("button", name="Принять")).to_be_visible()  # the next case of the list
    desk.get_by_role("link", name="Очередь").click()
    expect(desk.locator(".cases > li", has_text="котрая")).to_have_count(0)
    desk.get_by_role("link", name=re.compile("Принятые")).click()
    expect(desk.locator(".cases > li", has_text="котрая")).to_have_count(1)

    receipt.reload()
    expect(receipt.locator(".message")).to_have_attribute("data-status", "accepted")
    expect(receipt.locator("del")).to_have_text("котрая")
    expect(receipt.locator("ins")).to_have_text("которая")


def test_the_same_round_without_scripts_at_the_desk(article, new_context, running):
    select(article, "милионов")
    article.keyboard.press("Control+Enter")
    article.get_by_label("Исправление").fill("миллионов")
    article.keyboard.press("Control+Enter")
    expect(article.get_by_role("status")).to_be_visible()
    desk = new_context(java_script_enabled=False, locale="ru-RU").new_page()
    desk.goto(f"{running.url}/desk/")
    desk.get_by_label("Эл. почта").fill("owner@corrigenda.example")
    desk.get_by_label("Пароль").fill(running.password)
    desk.get_by_role("button", name="Войти").click()

    def arrived():
        desk.goto(f"{running.url}/desk/queue")
        return desk.locator(".cases > li", has_text="милионов").count()

    eventually(arrived)
    case = desk.locator(".cases > li", has_text="милионов")
    case.get_by_role("button", name="Отклонить").click()
    expect(desk.get_by_role("status").filter(has_text="Отклонено: ")).to_be_visible()
