"""A case and its page, on the real stack."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browsing import select
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
    desk.wait_for_url("**/desk/cases/**")
    return desk


def test_a_case_has_everything_at_hand(demo, running):
    demo.get_by_role("button", name="Проверить страницу").click()

    def known():
        demo.reload()
        return demo.locator(".in-block").count()

    eventually(known)
    expect(demo.locator(".in-block del")).to_have_text("деревев")
    expect(demo.locator(".votes ins")).to_have_text("ь")
    expect(demo.get_by_role("link", name="ниодного")).to_be_visible()
    link = demo.get_by_role("link", name="Открыть место в статье").get_attribute("href")
    assert "#:~:text=" in link
    demo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    demo.get_by_role("button", name="Скопировать исправление").click()
    expect(demo.get_by_role("button", name="Скопировано")).to_be_visible()
    assert demo.evaluate("navigator.clipboard.readText()") == "деревьев"
    demo.get_by_label("Ответственный").select_option(label="owner@corrigenda.example")
    expect(
        demo.get_by_role("status").filter(has_text="Ответственный за «деревев»: owner@corrigenda.example")
    ).to_be_visible()


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
    text.locator("[data-at]", has_text="деревев").click()
    card = demo.locator("section[data-case]:visible")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("деревев")
    address = demo.url
    card.get_by_role("button", name="Принять").click()
    accepted = demo.get_by_label("Принятые исправления")
    eventually(lambda: "деревев → деревьев" in accepted.input_value())
    expect(text.locator(".at-accepted", has_text="деревев")).to_be_visible()
    demo.keyboard.press("u")
    expect(text.locator(".at-open", has_text="деревев")).to_be_visible()
    expect(card).to_contain_text("деревев")
    demo.keyboard.press("a")
    expect(text.locator(".at-accepted", has_text="деревев")).to_be_visible()
    demo.keyboard.press("j")
    assert demo.url == address
    demo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    demo.get_by_role("button", name="Скопировать все").click()
    expect(demo.get_by_role("button", name="Скопировано")).to_be_visible()
    assert "деревев → деревьев" in demo.evaluate("navigator.clipboard.readText()")
    demo.emulate_media(media="print")
    expect(demo.get_by_role("button", name="Печать")).to_be_hidden()
    printed = demo.locator("[data-printed] tbody tr")
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
    desk.locator("summary", has_text="Объединить…").click()
    desk.get_by_role("radio", name=re.compile("Случай")).check()
    desk.get_by_role("button", name="Объединить").click()
    expect(desk.get_by_role("status").filter(has_text="Замечания объединены")).to_be_visible()
    assert [case["report_count"] for case in queue.cases()] == [2]
    desk.get_by_role("checkbox", name=re.compile("Выбрать сообщение «Случай»")).check()
    desk.get_by_role("button", name="Выделить в отдельное замечание").click()
    expect(desk.get_by_role("heading", name="1 сообщение")).to_be_visible()
    assert sorted(case["report_count"] for case in queue.cases()) == [1, 1]
