"""How a reader opens the dialog: keys, buttons, a front end of the site."""

import pytest
from playwright.sync_api import expect

from tests.support.browsing import screenshot, select
from tests.support.widget import WORD, dialog_of


def test_a_site_chooses_other_keys(visit):
    page = visit(hotkey="Alt+Shift+E")
    select(page, WORD)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Alt+Shift+E")
    expect(dialog_of(page)).to_have_count(1)


def test_a_button_in_the_corner_opens_the_dialog(visit):
    page = visit(button="fixed")
    select(page, WORD)
    page.locator("corrigenda-button button").click()
    expect(dialog_of(page).locator("mark")).to_have_text(WORD)


def test_an_element_of_the_page_opens_the_dialog(visit):
    page = visit(button="h1")
    select(page, WORD)
    page.locator("h1").click()
    expect(dialog_of(page).locator("mark")).to_have_text(WORD)


def test_on_a_touch_screen_a_bar_at_the_lower_edge_names_the_selection(new_context, visit):
    context = new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    page = visit(to=context.new_page())
    select(page, WORD)
    button = page.locator("corrigenda-button button")
    expect(button).to_be_visible()
    expect(button).to_contain_text(WORD)
    box = button.bounding_box()
    width, height = page.evaluate("[innerWidth, innerHeight]")
    assert (round(box["x"]), round(box["width"])) == (0, width)
    assert round(box["y"] + box["height"]) == height, "it hides no text near the selection"
    screenshot(page, "touch-360")
    button.tap()
    expect(dialog_of(page).locator("mark")).to_have_text(WORD)
    screenshot(page, "touch-dialog-360")
    send = dialog_of(page).locator(".send")
    send.tap()
    expect(dialog_of(page).get_by_role("alert")).to_contain_text(
        "Исправьте текст"
    )  # a stray tap sends nothing
    send.tap()
    expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо")


def test_the_bar_goes_with_the_selection(new_context, visit):
    page = visit(
        to=new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}).new_page()
    )
    select(page, WORD)
    expect(page.locator("corrigenda-button button")).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("corrigenda-button")).to_have_count(0)


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("const p = document.querySelector('p'); p.toggleAttribute('data-corrigenda-ignore');"
         "getSelection().selectAllChildren(p)", "Выделите опечатку в тексте статьи"),
        ("const p = document.querySelector('p'); p.append('слово '.repeat(300));"
         "getSelection().selectAllChildren(p)", "Слишком длинный фрагмент"),
        ("const field = document.body.appendChild(document.createElement('input'));"
         "field.value = 'своё'; "
         "field.focus(); field.select()", "Это поле ввода"),
        ("getSelection().removeAllRanges()", "Выделите слово"),
    ],
    ids=["ignored", "long", "field", "empty"],
)  # fmt: skip
def test_the_dialog_explains_what_cannot_be_reported(visit, prepare, words):
    page = visit()
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<button data-corrigenda-open>!</button>')")
    page.evaluate(f"() => {{ {prepare} }}")
    page.locator("[data-corrigenda-open]").dispatch_event("click")
    expect(dialog_of(page)).to_contain_text(words)
