"""The rule for what a reader sees, from both sides.

Every selection's quote is found at exactly its place in the server's text of the same HTML.
"""

import random

import pytest

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote, normalise
from moderation.domain.text.page_text import read_page
from tests.support.gallery import CSP, MARKUP, NAMES, drag, served, spots, truth
from tests.support.running import eventually

SELECTIONS = 12
_CLOSED = "!document.querySelector('corrigenda-dialog').shadowRoot.querySelector('dialog')"
_DETAIL = """() => {
  const {quote, position} = window.opened;
  return [quote?.exact, quote?.prefix, quote?.suffix, position?.start, position?.end];
}"""
ROOTS = {"named-root": ".story"}
WHERE = {"no-article": "body", "teasers": ".story"}


@pytest.fixture
def listening(page):
    """A page that remembers what the widget opened with."""
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.addEventListener('corrigenda:open', (event) => {"
        " window.opened = event.detail; }))"
    )
    return page


def opened(page):
    """Press the keys, and answer what the dialog opened with."""
    page.evaluate("window.opened = undefined")
    page.keyboard.press("Control+Enter")
    eventually(lambda: page.evaluate("window.opened !== undefined"))
    detail = page.evaluate(_DETAIL)
    page.keyboard.press("Escape")
    eventually(lambda: page.evaluate(_CLOSED))
    return detail


def test_there_are_enough_pages():
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_every_selection_is_found_at_its_place(listening, news, name):
    page, root = listening, ROOTS.get(name)
    page.goto(f"{news.url}/{name}.html")
    # The server's text of the page is the same from what it fetched and from what the browser made of it.
    assert read_page(page.evaluate(MARKUP), root=root) == read_page(served(name, {}), root=root)
    words = spots(page, root or WHERE.get(name, "article"))
    assert len(words) >= 20
    picked, done, wrong = random.Random(name), 0, []
    for _ in range(3 * SELECTIONS):
        if done == SELECTIONS:
            break
        first = picked.randrange(len(words))
        last = min(len(words) - 1, first + picked.choice((0, 0, 0, 1, 2, 3)))
        part = [*words[first]]
        if picked.random() < 0.25 and last == first and part[3] > 30:  # a part of a word
            part[0], part[2] = part[0] + part[3] * 0.3, part[2] - part[3] * 0.3
        drag(page, part, words[last] if last != first else part)
        expected = truth(page, root)
        if expected is None or page.evaluate("getSelection().type") != "Range":
            continue
        exact, prefix, suffix, start, end = opened(page)
        if exact is None:
            wrong.append((expected.text[expected.start : expected.end], "not taken"))
            continue
        done += 1
        place = PageText(expected.text).find(Quote(exact, prefix, suffix), start)
        found = None if place is None else (place.start, place.end)
        if found != (expected.start, expected.end) or end - start != len(exact):
            wrong.append((expected.text[expected.start : expected.end], exact, found, expected.start))
    assert wrong == []
    assert done == SELECTIONS


def test_inside_a_frame_of_the_same_origin(listening, news):
    listening.goto(f"{news.url}/frame.html")
    frame = listening.frame(url=lambda url: "framed" in url)
    frame.wait_for_load_state()
    frame.locator("blockquote").dblclick(position={"x": 30, "y": 10})
    chosen = frame.evaluate("getSelection().toString()").strip()
    assert chosen
    exact, prefix, suffix, start, _ = opened(listening)
    text = read_page(served("paragraphs", {}))
    place = PageText(text).find(Quote(exact, prefix, suffix), start)
    assert normalise(chosen) in text[place.start : place.end]


def test_on_a_page_with_a_strict_policy_nothing_is_blocked(listening, news):
    blocked = []
    listening.on(
        "console",
        lambda message: blocked.append(message.text) if "Content Security" in message.text else None,
    )
    listening.goto(f"{news.url}/csp.html")
    words = spots(listening)
    drag(listening, words[3], words[4])
    assert opened(listening)[0]
    assert blocked == []
    assert "default-src 'none'" in CSP
