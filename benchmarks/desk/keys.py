"""The time from a key press to the next case, in Chromium."""

from statistics import median
from uuid import UUID

from benchmarks.chromium import chromium
from benchmarks.desk.filled import EMAIL, PASSWORD
from benchmarks.figures import Figures

KEYS = 60

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
    """Measure the time from the key event to the frame in which another row is current."""
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{url}/desk/sign-in")
        page.fill("[name=email]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/queue")
        page.goto(f"{url}/desk/queue?site={site}")
        page.keyboard.press("j")
        page.evaluate(_WATCH)
        for _ in range(KEYS):
            page.keyboard.press("a")
            page.wait_for_timeout(60)
        taken = page.evaluate("window.taken")
    figures.add("key_presses", len(taken), f">={KEYS}")
    figures.add("key_to_next_case_ms", median(taken), "<=100")
    figures.add("key_to_next_case_ms_slowest", max(taken))
