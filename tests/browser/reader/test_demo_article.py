"""The widget on the demo article, as a reader meets it."""

import pytest
from playwright.sync_api import expect

from tests.support.browsing import select
from tests.support.running import eventually

TITLE = "Сообщить об опечатке"


def dialog_of(page):
    return page.get_by_role("dialog", name=TITLE)


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_the_keys_open_it(article, keys):
    select(article, "расказал")
    article.keyboard.press(keys)
    expect(dialog_of(article).locator("mark")).to_have_text("расказал")


@pytest.mark.parametrize("where", ["[data-corrigenda-open]"])
def test_a_button_opens_it_and_keeps_the_selection(article, where):
    select(article, "расказал")
    article.locator(where).click()
    expect(dialog_of(article).locator("mark")).to_have_text("расказал")


def test_without_a_selection_it_says_what_to_do(article):
    article.locator("[data-corrigenda-open]").click()
    expect(dialog_of(article)).to_contain_text("Выделите слово с опечаткой")
    article.get_by_role("button", name="Закрыть").click()
    expect(dialog_of(article)).to_have_count(0)


def test_without_a_selection_the_keys_are_the_pages_own(article):
    article.keyboard.press("Control+Enter")
    expect(dialog_of(article)).to_have_count(0)


@pytest.mark.parametrize("way", ["Escape", "Отмена"])
def test_it_can_be_left(article, way):
    select(article, "расказал")
    article.keyboard.press("Control+Enter")
    expect(dialog_of(article)).to_be_visible()
    if way == "Escape":
        article.keyboard.press(way)
    else:
        article.get_by_role("button", name=way).click()
    expect(dialog_of(article)).to_have_count(0)


def test_the_context_is_what_the_reader_sees(article):
    select(article, "в двое")
    article.keyboard.press("Control+Enter")
    expect(dialog_of(article).locator(".passage")).to_contain_text(
        "Тротуар станет шире в двое: с трёх метров до шести."
    )


def test_a_refusal_says_so_and_keeps_the_text(article):
    article.evaluate("document.querySelector('link[rel=canonical]').href = 'https://elsewhere.example/a'")
    select(article, "расказал")
    article.keyboard.press("Control+Enter")
    dialog_of(article).get_by_label("Исправление").fill("рассказал")
    article.keyboard.press("Control+Enter")
    expect(dialog_of(article).get_by_role("alert")).to_contain_text("Не удалось принять сообщение")
    expect(dialog_of(article).get_by_label("Исправление")).to_have_value("рассказал")


def test_the_page_hears_of_it(article):
    article.evaluate(
        "window.heard = []; for (const name of ['open', 'sent']) "
        "document.addEventListener(`corrigenda:${name}`, (event) => heard.push([name, event.detail]))"
    )
    select(article, "расказал")
    article.keyboard.press("Control+Enter")
    dialog_of(article).get_by_label("Исправление").fill("рассказал")
    article.keyboard.press("Control+Enter")
    expect(dialog_of(article).get_by_role("status")).to_be_visible()
    (opened, detail), (sent, answer) = eventually(lambda: len(h := article.evaluate("heard")) == 2 and h)
    assert (opened, detail["quote"]["exact"], sent) == ("open", "расказал", "sent")
    assert "/r/" in answer["receipt"]["url"]


def test_in_english_on_an_english_page(page, running):
    page.goto(f"{running.url}/demo/en")
    select(page, "untill")
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="Report a typo")
    expect(dialog).to_contain_text("Selected text")
