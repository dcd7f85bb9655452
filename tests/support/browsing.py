"""Helpers for browser tests: sign in, select text, take screenshots, check pages."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support.running import Running

SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
OWNER = "owner@corrigenda.example"


def sign_in(page: Page, running: Running, email: str = OWNER, password: str | None = None) -> None:
    """Sign in with the form, as the owner or as another editor."""
    page.goto(f"{running.url}/desk/")
    page.get_by_label(re.compile("E-?mail|почт", re.IGNORECASE)).fill(email)
    page.get_by_label(re.compile("Password|Пароль")).fill(password or running.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/queue**")


def select(page: Page, text: str, root: str = "article") -> None:
    """Select the first occurrence of a text, as a reader does with the mouse."""
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
    """Save a screenshot in build/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", **options)


def no_scrollbar(page: Page) -> bool:
    """Return whether the page has no horizontal scrollbar."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def watch_shifts(page: Page) -> None:
    """Record the layout shifts of every page that is opened from now on, for `shifts`."""
    page.add_init_script("""
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) {
          if (!shift.hadRecentInput) {
            const moved = shift.sources.map(({node}) => (node?.outerHTML ?? "").slice(0, 120));
            window.shifts.push([shift.value, ...moved]);
          }
        }
      }).observe({type: "layout-shift", buffered: true});
    """)


def shifts(page: Page) -> list[Any]:
    """Return the layout shifts of the page: each with its score and the elements that moved.

    A busy machine may paint a page that it has half of. What a page does by itself it does again.
    """
    if page.evaluate("window.shifts.length"):
        page.reload(wait_until="networkidle")
    return list(page.evaluate("window.shifts.filter(([score]) => score > 0.0005)"))


def cut_texts(page: Page) -> list[str]:
    """Return the texts that do not fit into their element and are cut, other than with an ellipsis."""
    return list(
        page.evaluate("""() => [...document.querySelectorAll("body *")].filter((element) => {
          const style = getComputedStyle(element);
          const isCut = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis";
          return isCut && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
        }).map((element) => element.outerHTML.slice(0, 160))""")
    )


def violations(page: Page, *, without: str | None = None) -> list[tuple[str, list[str]]]:
    """Return the accessibility violations that axe finds: the rule and its elements.

    `without` is a selector of elements that are not ours. Their landmarks do not count against ours.
    """
    context = {"exclude": [[without]]} if without else None
    # Without `resultTypes` axe describes every element that is right, too: most of its time.
    rules = {"landmark-no-duplicate-main": {"enabled": not without}}
    options = {"resultTypes": ["violations"], "rules": rules}
    found = Axe().run(page, context, options).response["violations"]
    return [(row["id"], [node["html"][:200] for node in row["nodes"]]) for row in found]
