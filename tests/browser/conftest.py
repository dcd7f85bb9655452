"""A real browser on a real stack: `corrigenda run`, Chromium, nothing between them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.running import Running

SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
OWNER = "owner@corrigenda.example"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, which never calls home."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: run `make browser`"
    quiet = "no-first-run disable-background-networking disable-component-update disable-sync disable-gpu"
    arguments = [f"--{name}" for name in ("no-sandbox", *quiet.split())]
    return {"executable_path": found, "args": arguments}


@pytest.fixture(scope="session")
def running(workspace: Path) -> Iterator[Running]:
    """The stack with its demo, without limits."""
    stack = Running(workspace / "browser", CORRIGENDA_READER_LIMIT="", CORRIGENDA_SITE_LIMIT="")
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


@pytest.fixture
def desk(new_context: Any, running: Running) -> Page:
    """The desk in Russian, the owner signed in."""
    page: Page = new_context(locale="ru-RU").new_page()
    sign_in(page, running)
    return page


def sign_in(page: Page, running: Running) -> None:
    """Sign in by the form, as the owner."""
    page.goto(f"{running.url}/desk/")
    page.get_by_label(re.compile("E-mail|Эл. почта|почт", re.IGNORECASE)).fill(OWNER)
    page.get_by_label(re.compile("Password|Пароль")).fill(running.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/queue**")


def select(page: Page, text: str, root: str = "article") -> None:
    """Select the first occurrence of a text as a reader's mouse would leave it."""
    page.evaluate(
        """([text, root]) => {
          const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.data.indexOf(text);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + text.length);
            node.parentElement.scrollIntoView({block: "center"});
            return;
          }
          throw new Error(`no ${text} in ${root}`);
        }""",
        [text, root],
    )


def screenshot(page: Page, name: str, **options: Any) -> None:
    """A picture into build/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", **options)


def no_scrollbar(page: Page) -> bool:
    """Whether the page fits its width."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
