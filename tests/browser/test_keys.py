"""The desk by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.running import call, eventually

CASES = 12


@pytest.fixture
def queue(desk, running):
    """A queue of open cases on a site of its own, newest first; answers their page's site."""
    site = running.cli(
        "site", "add", f"Keys {running.port}{id(desk)}", "--origin", "https://keys.example", "--json"
    )
    title = f"Клавиши {id(desk)}"  # no other test's
    for number in range(CASES):
        body = {
            "url": f"https://keys.example/{number}",
            "quote": {
                "exact": "расказал",
                "prefix": f"Случай {number}: он ",
                "suffix": " всем об этом вчера.",
            },
            "correction": "рассказал",
            "title": title,
        }
        assert call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site["site_key"]})[0] == 202
    token = running.cli("token", "add", "--editor", "owner@corrigenda.example", "--name", "keys", "--json")[
        "token"
    ]

    def open_cases():
        path = f"{running.url}/api/v1/cases?site={site['id']}&status=open"
        return call(path, headers={"Authorization": f"Bearer {token}"})[1]["items"]

    eventually(lambda: len(open_cases()) == CASES)
    desk.goto(f"{running.url}/desk/queue?q={title}&sort=newest")
    yield open_cases


def test_a_queue_is_emptied_without_a_mouse(queue, desk):
    """j, then one key a case: the next one takes its place."""
    desk.keyboard.press("j")
    for left in range(CASES - 1, -1, -1):
        expect(desk.locator("[data-case][aria-current]")).to_have_count(1)
        desk.keyboard.press("a")
        eventually(lambda left=left: len(queue()) == left)
        expect(desk.get_by_role("status").first).to_have_text("Принято.")
        desk.wait_for_load_state()
    assert queue() == []


def test_nothing_is_decided_before_a_row_was_chosen(queue, desk):
    for key in "arsf":
        desk.keyboard.press(key)
    desk.wait_for_timeout(300)
    assert len(queue()) == CASES


def test_a_step_is_undone_with_one_key(queue, desk):
    before = len(queue())
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.get_by_role("button", name="Отменить")).to_be_visible()
    eventually(lambda: len(queue()) == before - 1)
    desk.keyboard.press("u")
    expect(desk.get_by_role("status").first).to_have_text("Случай снова открыт.")
    assert len(queue()) == before


def test_keys_stay_out_of_fields_and_shortcuts_of_the_browser(queue, desk):
    before = len(queue())
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.keyboard.type("ars")
    expect(desk.locator("[data-case][aria-current] [name=correction]")).to_be_focused()
    desk.locator("body").press("Control+a")
    desk.locator("h1").first.focus()
    assert len(queue()) == before


def test_search_help_and_going_places(queue, desk, running):
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Клавиши")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    desk.keyboard.press("g")
    desk.keyboard.press("s")
    desk.wait_for_url("**/desk/queue?status=spam")
    desk.keyboard.press("g")
    desk.keyboard.press("q")
    desk.wait_for_url("**/desk/queue")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/cases/*")
