"""What was reported before, by this reader or by others."""

import re
from collections import Counter

from playwright.sync_api import expect

from tests.support.running import eventually
from tests.support.widget import WORD, dialog_of, open_dialog


def highlights(page):
    return page.evaluate("[...(CSS.highlights.get('corrigenda') ?? [])].map((range) => range.toString())")


def test_nothing_is_marked_or_kept_where_the_site_wants_neither(visit):
    page = visit(reports="off")
    open_dialog(page)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")
    expect(dialog_of(page).get_by_role("button")).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0


def test_a_reported_passage_is_marked_now_and_on_the_next_visit(visit):
    page = visit(mark="on")
    open_dialog(page)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")
    eventually(lambda: highlights(page) == [WORD])
    page.reload()
    eventually(lambda: highlights(page) == [WORD])
    dialog = open_dialog(page)
    expect(dialog).to_contain_text("Вы уже сообщали об этом.")
    expect(dialog.get_by_role("link", name="Что с моим сообщением?")).to_be_visible()


def test_a_known_passage_is_said_to_be_known_and_one_more_reader_counts(page, running, news):
    running.cli("site", "set", "Corrigenda demo", "--known-passages")
    try:
        page.goto(f"{running.url}/demo/ru")
        open_dialog(page, "ниодного")
        page.keyboard.press("Control+Enter")
        expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")

        def known():
            page.goto(f"{running.url}/demo/ru?{Counter()!r}")
            answer = page.evaluate(
                """async (site) => {
                  const url = document.querySelector("link[rel=canonical]").href;
                  const query = new URLSearchParams({site, url});
                  const answer = await fetch(`/api/v1/widget?${query}`, {cache: "no-store"});
                  return (await answer.json()).known;
                }""",
                re.search(r'data-site-key="(\w+[-\w]*)"', page.content())[1],
            )
            return answer and any(quote["exact"] == "ниодного" for quote in answer)

        eventually(known, 120)
        other = page.context.browser.new_context().new_page()
        other.goto(f"{running.url}/demo/ru")
        dialog = open_dialog(other, "ниодного")
        expect(dialog).to_contain_text("Редакция уже знает об этой ошибке.")
        dialog.get_by_role("button", name="Мне тоже мешает").click()
        expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
    finally:
        running.cli("site", "set", "Corrigenda demo", "--no-known-passages")
