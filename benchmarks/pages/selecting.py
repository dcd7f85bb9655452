"""Select text on a page in Chromium, and report it through the widget."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.support.gallery import Truth, truth

_WAIT_MS = 15_000
_EMBED = """([source, key]) => {
  window.events = [];
  for (const name of ["open", "sent", "error"])
    document.addEventListener(`corrigenda:${name}`, (event) => window.events.push([name, event.detail]));
  const script = document.createElement("script");
  script.src = source;
  script.dataset.siteKey = key;
  return new Promise((resolve, reject) => {
    script.onload = () => resolve(true);
    script.onerror = () => reject(new Error("the widget did not load"));
    document.body.append(script);
  });
}"""
TEXTS = """
const nodes = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode()); ) {
  const unseen = "script,style,noscript,textarea,select,button,svg,math,iframe,[data-corrigenda-ignore]";
  if (!node.parentElement.closest(unseen) && node.parentElement.checkVisibility({visibilityProperty: true}))
    nodes.push(node);
}
const choose = (node, start, end) => {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  const [box] = range.getClientRects();
  if (!box || box.width < 3 || box.height < 5) return false;
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return true;
};
"""
_WORDS = (
    "() => {"
    + TEXTS
    + "return nodes.flatMap((node, index) => [...node.data.matchAll(/[\\p{L}\\p{M}]{2,12}/gu)]"
    + ".map((match) => [index, match.index, match.index + match[0].length])); }"
)
_CHOOSE = "([index, start, end]) => {" + TEXTS + "return choose(nodes[index], start, end); }"
_CHOOSE_TEXT = (
    "(text) => {" + TEXTS + "const node = nodes.find((node) => node.data.includes(text));"
    "return node ? choose(node, node.data.indexOf(text), node.data.indexOf(text) + text.length) : false; }"
)
_HAS = "(name) => window.events.some(([event]) => event === name)"
_QUOTE = "() => window.events.find(([event]) => event === 'open')?.[1]?.quote?.exact ?? null"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A selection: its true span in the server's text of the page, and its result."""

    expected: Truth | None
    opened: bool
    sent: bool
    wrong: str | None = None
    """The planted mistake that was selected."""


def embed(page: Page, home: str, key: str) -> None:
    """Load the widget into the page."""
    page.evaluate(_EMBED, [f"{home}/widget.js", key])


def report_words(page: Page, count: int, seed: str) -> Iterator[Attempt]:
    """Select words all over the page and report them."""
    words = page.evaluate(_WORDS)
    for word in random.Random(seed).sample(words, min(count, len(words))):
        if page.evaluate(_CHOOSE, word):
            yield _report(page, None)


def report_text(page: Page, text: str) -> Attempt | None:
    """Select a text and report it. Returns None if the page does not show it."""
    return _report(page, text) if page.evaluate(_CHOOSE_TEXT, text) else None


def _report(page: Page, wrong: str | None) -> Attempt:
    expected = truth(page, None)
    page.evaluate("() => { window.events.length = 0; }")
    page.keyboard.press("Control+Enter")
    opened = _happens(page, "open") and page.evaluate(_QUOTE) is not None
    sent = False
    if opened:
        page.wait_for_timeout(100)
        page.keyboard.press("Control+Enter")
        sent = _happens(page, "sent")
    page.keyboard.press("Escape")
    page.wait_for_timeout(50)
    return Attempt(expected, opened, sent, wrong)


def _happens(page: Page, event: str) -> bool:
    try:
        page.wait_for_function(_HAS, arg=event, timeout=_WAIT_MS)
    except PlaywrightTimeout:
        return False
    return True
