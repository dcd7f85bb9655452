"""Helpers that use the widget in a browser."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import select

WORD = "Подрядчик"
"""Stands on most pages of the gallery."""

_REMEMBER = """() => {
  window.opened = undefined;
  document.addEventListener("corrigenda:open", (event) => { window.opened = event.detail; }, {once: true});
}"""


def dialog_of(page: Page) -> Locator:
    """Return the open dialog."""
    return page.get_by_role("dialog")


def open_dialog(page: Page, word: str = WORD, root: str = "article") -> Locator:
    """Select a word, press the hotkey, and return the dialog."""
    select(page, word, root)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page)).to_be_visible()
    return dialog_of(page)


def selected_by_dialog(page: Page, word: str, root: str) -> tuple[dict[str, str], dict[str, int] | None]:
    """Return the quote and the position of the dialog for a word. Closes the dialog."""
    page.evaluate(_REMEMBER)
    open_dialog(page, word, root)
    detail: dict[str, Any] = page.evaluate("window.opened")
    page.keyboard.press("Escape")
    expect(dialog_of(page)).to_have_count(0)
    return detail["quote"], detail["position"]


def canonical(page: Page, url: str) -> str:
    """Set the page's URL with rel=canonical, so that a test that counts reports has a separate page."""
    page.evaluate(
        "url => { const link = document.createElement('link'); link.rel = 'canonical'; link.href = url;"
        " document.head.append(link); }",
        url,
    )
    return url
