"""The widget and the page do not disturb each other."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browsing import screenshot, select
from tests.support.gallery import served
from tests.support.widget import WORD, dialog_of, open_dialog

SCRIPT_OF_A_STRANGER = {
    "content_type": "text/javascript",
    "headers": {"Access-Control-Allow-Origin": "*"},
}


@pytest.mark.parametrize("name", ["hostile", "zoom", "prototype", "rtl", "dark", "csp"])
def test_the_dialog_works_on_a_page_with_hostile_styles_and_scripts(page, news, name):
    page.goto(f"{news.url}/{name}.html")
    word = {"rtl": "набережную", "hostile": "набережную"}.get(name, "набережную")
    dialog = open_dialog(page, word)
    box = dialog.bounding_box()
    width, height = page.evaluate("[innerWidth, innerHeight]")
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= width + 1 and box["y"] + box["height"] <= height + 1
    expect(dialog.get_by_label("Исправление")).to_be_visible()
    expect(dialog.get_by_role("button", name="Отправить")).to_be_visible()
    screenshot(page, f"widget-on-{name}")
    dialog.get_by_label("Исправление").fill("наберéжную")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")


def test_the_widget_adds_no_global_cookie_or_storage(visit):
    page = visit()
    before = page.evaluate(
        "[Object.keys(window).sort().join(), document.cookie, JSON.stringify(localStorage)]"
    )
    open_dialog(page)
    page.keyboard.press("Escape")
    after = page.evaluate(
        "[Object.keys(window).sort().join(), document.cookie, JSON.stringify(localStorage)]"
    )
    assert before == after


def test_an_image_in_a_comment_does_not_take_the_place_of_the_script(page, news, running):
    """Sites let images of readers in, with a `name`: `document.currentScript` would be such an image."""
    taken = "document.body.append('taken')"
    page.route("https://stranger.example/**", lambda route: route.fulfill(body=taken, **SCRIPT_OF_A_STRANGER))
    image = '<img name="currentScript" src="https://stranger.example/widget.js">'
    values = {"widget": f"{running.url}/widget.js", "key": news.key}
    news.web.pages["/comment.html"] = served("paragraphs", values).replace("<script", f"{image}<script")
    page.goto(f"{news.url}/comment.html")
    select(page, WORD)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page).or_(page.get_by_text("taken"))).to_be_visible()
    expect(page.get_by_text("taken")).to_have_count(0)


def test_the_dialog_has_the_colours_of_the_site(page, news):
    page.goto(f"{news.url}/dark.html")
    send = open_dialog(page, "набережную").get_by_role("button", name="Отправить")
    assert send.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(68, 85, 204)"
    assert send.evaluate("node => getComputedStyle(node).borderRadius") == "0px"


@pytest.mark.parametrize(
    ("name", "paper"), [("dark", "rgb(33, 31, 29)"), ("paragraphs", "rgb(255, 255, 255)")]
)
def test_the_dialog_is_as_light_or_dark_as_the_page(page, news, name, paper):
    page.goto(f"{news.url}/{name}.html")
    assert open_dialog(page, "набережную").evaluate("node => getComputedStyle(node).backgroundColor") == paper


def test_in_high_contrast_nothing_is_told_by_colour_alone(new_context, news):
    page = new_context(forced_colors="active").new_page()
    page.goto(f"{news.url}/paragraphs.html")
    dialog = open_dialog(page)
    dialog.get_by_label("Исправление").fill("Исполнитель")
    decorations = [
        dialog.locator(mark).evaluate("node => getComputedStyle(node).textDecorationLine")
        for mark in ("del", "ins")
    ]
    assert decorations == ["line-through", "underline"]
    screenshot(page, "widget-high-contrast")


def test_the_policy_of_the_docs_lets_the_words_of_the_site_in(page, news, running):
    """With `data-words` on the own origin, `connect-src` needs 'self' too: docs/embed.md says so."""
    guide = (Path(__file__).parents[3] / "docs" / "embed.md").read_text("utf-8")
    scripts = re.search(r"^(script-src \S+);", guide, re.MULTILINE)[1]
    connections = re.search(r"`(connect-src 'self' \S+)`", guide)[1]
    policy = f"default-src 'none'; {scripts}; {connections}".replace("https://typos.example.org", running.url)
    values = {"widget": f"{running.url}/widget.js", "key": f'{news.key}" data-words="/fr.json'}
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    news.web.pages["/policy.html"] = (200, headers, served("csp", values).encode())
    news.web.pages["/fr.json"] = (
        200,
        {"Content-Type": "application/json"},
        b'{"lang": "fr", "send": "Envoyer"}',
    )
    blocked = []
    page.on(
        "console",
        lambda message: blocked.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(f"{news.url}/policy.html")
    expect(open_dialog(page).get_by_role("button", name="Envoyer")).to_be_visible()
    assert blocked == []
