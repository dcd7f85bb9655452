"""The system's Chromium, without requests to its vendor."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import QUIET, executable


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser for the time of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(QUIET))
        yield browser
        browser.close()
