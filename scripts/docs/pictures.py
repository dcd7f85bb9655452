"""`make screenshots-docs`: take the pictures of the desk for the documents from the demo of an instance."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.chromium import chromium  # noqa: E402
from tests.support.browsing import screenshot, select, sign_in  # noqa: E402
from tests.support.running import Running  # noqa: E402

LOCALES = {"en": "en-GB", "ru": "ru-RU"}
ARTICLES = {"en": re.compile("harbour clock"), "ru": re.compile("Трамвай")}
SIZE = {"width": 1200, "height": 760}


def main() -> None:
    """Start an instance, take the pictures, and put them into docs/images."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        running = Running(Path(directory) / "data").await_ready()
        try:
            with chromium() as browser:
                for lang in LOCALES:
                    _desk(browser, running, lang)
                _widget(browser, running)
        finally:
            running.stop(seconds=60)


def _desk(browser: Browser, running: Running, lang: str) -> None:
    page = browser.new_context(locale=LOCALES[lang], viewport=SIZE, reduced_motion="reduce").new_page()
    sign_in(page, running)
    page.locator("[data-pane]").get_by_role("textbox").first.wait_for()
    _keep(page, f"desk-{lang}")
    page.goto(f"{running.url}/desk/pages")
    page.get_by_role("link", name=ARTICLES[lang]).first.click()
    page.wait_for_url("**/desk/pages/*")
    _await(page, ".page-text [data-at]", page.url)
    page.locator("[data-card]:visible").first.wait_for()
    _keep(page, f"page-{lang}")
    _await(page, "a[href*='pair=']", f"{running.url}/desk/insight?days=30")
    _keep(page, f"insight-{lang}")


def _await(page: Page, selector: str, url: str) -> None:
    """Load a page again until the worker has done what it shows."""
    for _ in range(60):
        page.goto(url)
        if page.locator(selector).count():
            return
        page.wait_for_timeout(2000)
    raise RuntimeError(f"{selector} does not come on {url}")


def _widget(browser: Browser, running: Running) -> None:
    for lang, word in (("en", "untill"), ("ru", "расказал")):
        page = browser.new_context(locale=LOCALES[lang], viewport={"width": 900, "height": 560}).new_page()
        page.goto(f"{running.url}/demo/{lang}")
        select(page, word)
        page.keyboard.press("Control+Enter")
        page.get_by_role("dialog").wait_for()
        _keep(page, f"widget-{lang}")


def _keep(page: Page, name: str) -> None:
    screenshot(page, name)
    subprocess.run([ROOT / "scripts/picture", name, name], check=True)


if __name__ == "__main__":
    main()
