"""What the dialog shows, keeps and sends."""

import re

import psycopg
from playwright.sync_api import expect

from tests.support.browsing import select
from tests.support.running import eventually
from tests.support.widget import WORD, canonical, open_dialog


def test_the_difference_is_shown_while_typing(visit):
    page = visit()
    dialog = open_dialog(page)
    expect(dialog.locator("mark")).to_have_text(WORD)
    dialog.get_by_label("Исправление").fill("Исполнитель")
    expect(dialog.locator("del")).to_have_text(WORD)
    expect(dialog.locator("ins")).to_have_text("Исполнитель")
    expect(dialog.locator("mark")).to_have_count(0)


def test_the_passage_is_shown_without_the_caption_above_it(article):
    select(article, "расказал")
    article.keyboard.press("Control+Enter")
    passage = article.get_by_role("dialog").locator("#passage")
    expect(passage).to_have_text(re.compile("^О новых сроках расказал на встрече"))


def test_the_focus_is_trapped_and_given_back(visit):
    page = visit()
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a href=\"#\" id=before>x</a>')")
    page.locator("#before").focus()
    dialog = open_dialog(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("corrigenda-dialog", "body")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "before"
    eventually(lambda: page.evaluate("getSelection().toString()") == WORD)


def test_the_correction_opens_with_its_text_selected(visit):
    page = visit()
    dialog = open_dialog(page)
    page.keyboard.type("Исполнитель")
    expect(dialog.get_by_label("Исправление")).to_have_value("Исполнитель")


def test_a_draft_is_kept_when_the_dialog_is_closed(visit):
    page = visit()
    open_dialog(page).get_by_label("Комментарий").fill("недописано")
    page.keyboard.press("Escape")
    expect(open_dialog(page).get_by_label("Комментарий")).to_have_value("недописано")


def test_a_closed_dialog_takes_no_more_keys(visit):
    """Until the page is drawn next, Chromium would send them there: Ctrl+Enter would report after Esc."""
    page = visit()
    close = "(dialog) => {dialog.querySelector('button[type=button]').click(); return !dialog.isConnected}"
    assert open_dialog(page).evaluate(close)
    open_dialog(page).evaluate(
        "(dialog) => dialog.addEventListener('cancel', () => { window.isOut = !dialog.isConnected; })"
    )
    page.keyboard.press("Escape")
    page.wait_for_function("window.isOut !== undefined")
    assert page.evaluate("window.isOut")


def test_kind_and_comment_are_stored_with_the_report(visit, running, news):
    page = visit()
    url = canonical(page, f"{news.url}/kinds")
    dialog = open_dialog(page)
    dialog.get_by_label("Тип ошибки").select_option("grammar")
    dialog.get_by_label("Комментарий").fill("согласование")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
    with psycopg.connect(running.database_url) as database:
        query = "SELECT kind, comment, correction, lang, title FROM report WHERE url = %s"
        assert database.execute(query, [url]).fetchone() == (
            "grammar",
            "согласование",
            None,
            "ru",
            "Paragraphs",
        )


def test_the_dialog_shows_the_ground_rules_of_the_site(visit, running, news):
    running.cli("site", "set", news.name, "--ground-rules", "Мы пишем «ё» всегда")
    try:
        page = visit()
        expect(open_dialog(page)).to_contain_text("Мы пишем «ё» всегда")
    finally:
        running.cli("site", "set", news.name, "--ground-rules", "")


def test_a_file_of_the_site_gives_the_dialog_another_language(visit, news):
    german = '{"lang": "de", "title": "Tippfehler melden", "send": "Senden", "dir": "ltr"}'
    news.web.pages["/de.json"] = (200, {"Content-Type": "application/json"}, german.encode())
    page = visit(words="/de.json", lang="de")
    dialog = open_dialog(page)
    expect(dialog).to_have_attribute("lang", "de")
    expect(dialog.get_by_role("button", name="Senden")).to_be_visible()
