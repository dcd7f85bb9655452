"""Desktop notifications of new cases, on the real stack.

The headless Chromium of this machine refuses every notification, so each test gives the page one that only
remembers what it was asked. Everything else is real: the queue, its live updates, and the menu.
"""

import re

import pytest
from playwright.sync_api import expect

SYSTEM = """
localStorage.removeItem("corrigenda-notify");
window.told = [];
window.behind = false;
window.focus = () => window.told.push({ focused: true });
Object.defineProperty(Document.prototype, "hidden", { get: () => window.behind });
window.Notification = class {
  static permission = "default";
  static requestPermission = async () => (this.permission = "ANSWER");
  constructor(title, options) {
    window.told.push({ title, ...options, shown: this });
  }
  close() {
    window.told.push({ closed: true });
  }
};
window.turn = (behind) => {
  window.behind = behind;
  document.dispatchEvent(new Event("visibilitychange"));
};
"""
ASKED = "() => window.told.filter((one) => one.title).map(({ title, body, tag }) => ({ title, body, tag }))"


def choice(page):
    """The button in the account menu, which is opened."""
    page.locator("[data-menu] > summary").click()
    return page.locator("[data-notify]")


@pytest.fixture
def watched(queue, desk, request):
    """The queue of an editor, with the system's answer to the question whether notifications are allowed."""
    answer = getattr(request, "param", "granted")
    desk.clock.install()
    desk.add_init_script(SYSTEM.replace("ANSWER", answer))
    desk.goto(queue.url)
    return desk


def look_again(page, expected):
    """Let the time pass until the page has asked the server and told `expected`."""
    page.clock.run_for(31_000)
    page.wait_for_function(f"expected => ({ASKED})().at(-1)?.title === expected", arg=expected)


def test_one_notification_tells_of_all_new_cases_while_the_queue_is_behind(queue, watched):
    button = choice(watched)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    watched.evaluate("turn(true)")
    queue.send()
    queue.send()
    queue.await_cases(5)
    look_again(watched, "Новые замечания: 2")
    queue.send()
    queue.await_cases(6)
    look_again(watched, "Новые замечания: 3")
    last = watched.evaluate(ASKED)[-1]
    assert last["tag"] == "corrigenda" and "расказал" in last["body"]
    watched.evaluate("told.findLast((one) => one.shown).shown.onclick()")
    assert watched.evaluate("told.slice(-2)") == [{"focused": True}, {"closed": True}]
    watched.evaluate("turn(false)")
    expect(watched.locator("[data-case]")).to_have_count(6)


def test_nothing_is_told_in_front_nor_unless_asked(queue, watched):
    watched.evaluate("turn(true)")
    queue.send()
    queue.await_cases(4)
    watched.clock.run_for(31_000)
    watched.evaluate("turn(false)")
    expect(watched.locator("[data-case]")).to_have_count(4)
    choice(watched).click()
    queue.send()
    queue.await_cases(5)
    watched.clock.run_for(31_000)
    expect(watched.locator("[data-case]")).to_have_count(5)
    assert watched.evaluate(ASKED) == []


@pytest.mark.parametrize("watched", ["denied"], indirect=True)
def test_a_browser_that_refuses_is_named(watched):
    button = choice(watched)
    button.click()
    expect(watched.locator(".toast-line")).to_have_text(re.compile("Уведомления заблокированы"))
    expect(button).to_have_attribute("aria-pressed", "false")
