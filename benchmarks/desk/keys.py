"""From a key press to the next case, the time per case, and the bytes of the decisions, in Chromium."""

import time
from statistics import median
from uuid import UUID

from playwright.sync_api import CDPSession, Page

from benchmarks.chromium import chromium
from benchmarks.desk.filled import EMAIL, PASSWORD
from benchmarks.figures import Figures

KEYS = 50
"""Decisions of the measured sitting."""

_WATCH = """() => {
  window.taken = [];
  let pressed, was;
  document.addEventListener("keydown", (event) => {
    pressed = event.timeStamp;
    was = document.querySelector("[data-case][aria-current]");
    const look = () => {
      const now = document.querySelector("[data-case][aria-current]");
      if (now && now !== was) window.taken.push(performance.now() - pressed);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}"""


def press_keys(figures: Figures, url: str, site: UUID) -> None:
    """Decide cases with the key `a`, and measure until the frame in which another row is current."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        _open_queue(page, url, site)
        page.evaluate(_WATCH)
        received = _count_bytes(page.context.new_cdp_session(page))
        began = time.perf_counter()
        for number in range(1, KEYS + 1):
            page.keyboard.press("a")
            _await_next_case(page, number)
        seconds = time.perf_counter() - began
        page.wait_for_load_state("networkidle", timeout=60_000)
        taken = page.evaluate("window.taken")
    figures.add("key_presses", len(taken), f">={KEYS}")
    figures.add("key_to_next_case_ms", median(taken), "<=100")
    figures.add("key_to_next_case_ms_slowest", max(taken))
    figures.add("keyboard_ms_per_case", seconds * 1000 / KEYS)
    figures.add("kB_for_50_decisions", sum(received) / 1000, "<=150")


def _await_next_case(page: Page, number: int) -> None:
    patience = time.perf_counter() + 30
    while page.evaluate("window.taken.length") < number:  # the CSP forbids wait_for_function
        if time.perf_counter() > patience:
            raise RuntimeError(f"key press {number} led to no other case")
        page.wait_for_timeout(10)


def _open_queue(page: Page, url: str, site: UUID) -> None:
    page.goto(f"{url}/desk/sign-in")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/queue")
    # The key accepts a suggestion. In a case without one it asks for a correction.
    page.goto(f"{url}/desk/queue?site={site}&suggestion=with")
    page.locator("[data-pane-of]").wait_for()


def _count_bytes(session: CDPSession) -> list[float]:
    """Collect the bytes of each finished answer on the wire: headers and compressed body."""
    received: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received
