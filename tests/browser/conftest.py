"""A real browser on a real stack: `corrigenda run`, Chromium, nothing between them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.support.browsing import sign_in
from tests.support.chromium import QUIET, executable
from tests.support.gallery import CSP, PAGES, served
from tests.support.queue import Queue
from tests.support.running import Running
from tests.support.web import Web, serve

# Nobody waits that long but on a busy machine: each expectation ends as soon as it holds.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, which never calls home."""
    return {"executable_path": executable(), "args": list(QUIET)}


@pytest.fixture(scope="session")
def running(workspace: Path) -> Iterator[Running]:
    """The stack with its demo, without limits."""
    stack = Running(
        workspace / "browser",
        CORRIGENDA_READER_LIMIT="",
        CORRIGENDA_SITE_LIMIT="",
        CORRIGENDA_SITE_CACHE_SECONDS="0",
        CORRIGENDA_CONFIRM_MINUTES="60",
    )
    yield stack.await_ready()
    stack.stop()


@pytest.fixture
def article(page: Page, running: Running) -> Iterator[Page]:
    """The Russian demo article, open; a script error on it fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{running.url}/demo/ru")
    yield page
    assert errors == []


@pytest.fixture(scope="session")
def owners_cookies(browser: Browser, running: Running) -> StorageState:
    """The cookies of the owner, who signed in once for all tests."""
    context = browser.new_context(locale="ru-RU")
    sign_in(context.new_page(), running)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def desk(new_context: Any, owners_cookies: StorageState) -> Page:
    """A browser in Russian in which the owner is signed in."""
    page: Page = new_context(locale="ru-RU", storage_state=owners_cookies).new_page()
    return page


class NewsSite:
    """The gallery on an origin of its own, registered with the service."""

    def __init__(self, web: Web, key: str, name: str) -> None:
        self.web, self.url, self.key, self.name = web, web.url, key, name


@pytest.fixture(scope="session")
def news(running: Running) -> Iterator[NewsSite]:
    """A news site that embeds the widget from another origin."""
    with serve() as web:
        name = f"Gallery {web.host}"
        site = running.cli("site", "add", name, "--origin", web.url, "--json")
        values = {"widget": f"{running.url}/widget.js", "key": site["site_key"]}
        for path in PAGES.glob("*.html"):
            web.pages[f"/{path.name}"] = served(path.stem, values)
        # A frame's page carries no widget of its own.
        web.pages["/framed.html"] = re.sub("<script.*?</script>", "", served("paragraphs", {}))
        html = {"Content-Type": "text/html; charset=utf-8"}
        policy = html | {"Content-Security-Policy": CSP.format(service=running.url)}
        web.pages["/csp.html"] = (200, policy, served("csp", values).encode())
        yield NewsSite(web, site["site_key"], name)


@pytest.fixture
def queue(running):
    """Three open cases."""
    return Queue(running, 3)
