"""The message about the last step: it covers no control of the open case."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.queue import Queue
from tests.support.running import eventually

# The controls of the open case whose middle is on the screen, and under something else there.
COVERED = """() => [
  ...document.querySelectorAll("[data-case][aria-current] :is(button, input, summary)"),
].filter((control) => {
  const {left, top, width, height} = control.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  if (!control.checkVisibility() || y < 0 || y > innerHeight) return false;
  return !control.contains(document.elementFromPoint(x, y));
}).map((control) => control.outerHTML.slice(0, 120))"""


def assert_free(desk: Page) -> None:
    """Assert that a message is shown and covers no control of the open case."""
    expect(desk.locator(".toast-line")).to_be_in_viewport()
    eventually(lambda: desk.evaluate(COVERED) == [])


@pytest.mark.parametrize(("width", "height"), [(360, 740), (900, 560), (1100, 560)])
def test_the_message_covers_no_button_of_the_open_case(running, desk, width, height):
    queue = Queue(running, 12)
    desk.set_viewport_size({"width": width, "height": height})
    desk.goto(queue.url)
    for place in range(2, 5):
        desk.keyboard.press("s")
        assert_free(desk)
        desk.keyboard.press("j")
        assert_free(desk)
        # A click opens a case wherever it is, and scrolls nothing.
        desk.locator("[data-case]").nth(place).locator(".case-meta").click()
        assert_free(desk)
    desk.keyboard.press("s")
    desk.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    assert_free(desk)
