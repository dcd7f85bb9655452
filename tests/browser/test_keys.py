"""The desk by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.support.queue import Queue, current, rows
from tests.support.running import eventually

CASES = 100


@pytest.fixture
def queue(desk, running):
    """Three open cases, and the desk open on them."""
    made = Queue(running, 3)
    desk.goto(made.url)
    return made


def test_a_queue_of_a_hundred_is_emptied_without_a_mouse(running, desk):
    """One key a case: the next one takes its place at once, and more are loaded on the way."""
    queue = Queue(running, CASES)
    desk.goto(queue.url)
    assert len(rows(desk)) == 30
    for left in range(CASES - 1, -1, -1):
        before = current(desk)
        assert before is not None
        desk.keyboard.press("a")
        assert current(desk) != before
        eventually(lambda left=left: current(desk) or left == 0)
    eventually(lambda: queue.cases() == [])
    assert len(queue.cases("accepted")) == CASES
    assert {case["correction"] for case in queue.cases("accepted")} == {"рассказал"}
    expect(desk.locator("[data-empty]")).to_be_visible()


def test_every_step_has_its_key(queue, desk):
    for keys, status in (("r1", "rejected"), ("s", "spam"), ("f", "fixed")):
        case = current(desk)
        for key in keys:
            desk.keyboard.press(key)
        eventually(lambda status=status, case=case: case in [one["id"] for one in queue.cases(status)])


def test_a_case_is_assigned_to_oneself_and_back_with_one_key_each(queue, desk):
    row = desk.locator(f"#case-{current(desk)}")
    expect(desk.locator("[data-pane]")).to_contain_text("Ответственный: Не назначен")
    desk.keyboard.press("i")
    expect(row).to_contain_text("→ owner@corrigenda.example")
    expect(desk.locator("[data-pane]")).to_contain_text("Ответственный: owner@corrigenda.example")
    expect(desk.get_by_role("status").filter(has_text="Ответственный за «")).to_be_visible()
    desk.keyboard.press("u")
    expect(row).not_to_contain_text("→ owner@corrigenda.example")
    expect(desk.locator("[data-pane]")).to_contain_text("Ответственный: Не назначен")


def test_the_first_case_is_chosen_and_shown_from_the_start(queue, desk):
    first = rows(desk)[0]
    assert current(desk) == first
    expect(desk.locator(f"[data-pane] [data-pane-of='{first}']")).to_be_visible()
    desk.keyboard.press("j")
    expect(desk.locator(f"[data-pane] [data-pane-of='{rows(desk)[1]}']")).to_be_visible()
    desk.keyboard.press("ArrowDown")
    assert current(desk) == rows(desk)[2]
    stops = "[data-case][tabindex='0'], [data-case] :is([data-select], [data-open]):not([tabindex])"
    assert desk.locator(stops).count() == 3  # the chosen case, its box and its link
    desk.keyboard.press("ArrowUp")
    assert current(desk) == rows(desk)[1]


def test_a_rejection_carries_the_reason_of_its_digit(queue, desk):
    case = current(desk)
    desk.keyboard.press("r")
    expect(desk.get_by_role("dialog", name="Отклонить: почему?")).to_be_visible()
    desk.keyboard.press("Escape")
    assert current(desk) == case and len(queue.cases()) == 3
    desk.keyboard.press("r")
    desk.keyboard.press("2")
    eventually(lambda: case in [one["id"] for one in queue.cases("rejected")])
    desk.goto(f"{queue.running.url}/desk/cases/{case}")
    expect(desk.locator(".history")).to_contain_text("Это цитата")


def test_steps_are_undone_one_by_one(queue, desk):
    before = rows(desk)
    desk.keyboard.press("f")
    desk.keyboard.press("s")
    assert rows(desk) == before[2:]
    eventually(lambda: len(queue.cases()) == 1)
    desk.keyboard.press("u")
    eventually(lambda: len(queue.cases()) == 2)
    expect(desk.get_by_role("status").filter(has_text="Снова открыто")).to_be_visible()
    desk.keyboard.press("u")
    eventually(lambda: rows(desk) == before)
    assert len(queue.cases()) == 3


def test_the_correction_is_edited_in_place(queue, desk):
    case = current(desk)
    expect(desk.locator(f"[data-pane-of='{case}']")).to_be_visible()
    desk.keyboard.press("e")
    field = desk.locator("[data-pane] [name=correction]")
    expect(field).to_be_focused()
    desk.keyboard.type("поведал as")
    assert current(desk) == case
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-case][aria-current]")).to_be_focused()
    desk.keyboard.press("a")
    eventually(lambda: [one["correction"] for one in queue.cases("accepted")] == ["поведал as"])


def test_accepting_without_a_correction_takes_a_second_press(queue, desk):
    case = current(desk)
    desk.keyboard.press("e")
    expect(desk.locator("[data-pane] [name=correction]")).to_be_focused()
    desk.keyboard.press("Delete")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.get_by_role("alert")).to_contain_text("Напишите исправление")
    assert current(desk) == case and len(queue.cases()) == 3
    desk.keyboard.press("a")
    eventually(lambda: case not in rows(desk) and len(queue.cases("accepted")) == 1)


def test_keys_stay_out_of_fields_and_shortcuts_of_the_browser(queue, desk):
    desk.keyboard.press("e")
    desk.keyboard.type("ars")
    desk.keyboard.press("Escape")
    for combination in ("Control+a", "Alt+r", "Control+s", "Meta+f"):
        desk.keyboard.press(combination)
    assert len(rows(desk)) == 3 and len(queue.cases()) == 3


def test_search_help_and_going_places(queue, desk):
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Горячие клавиши")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    for key, path in (("s", "/desk/queue?status=spam"), ("p", "/desk/pages"), ("q", "/desk/queue")):
        desk.keyboard.press("g")
        desk.keyboard.press(key)
        desk.wait_for_url(f"**{path}*site={queue.site['id']}")  # the site of the switch stays
    desk.goto(queue.url)
    desk.keyboard.press("j")
    first, second, _third = rows(desk)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/desk/cases/{second}?*")
    desk.keyboard.press("k")
    desk.wait_for_url(f"**/desk/cases/{first}?*")
    desk.keyboard.press("j")
    desk.wait_for_url(f"**/desk/cases/{second}?*")
    desk.keyboard.press("Escape")
    desk.wait_for_url("**/desk/queue?*")
    assert current(desk) == second


def test_a_key_right_after_the_help_was_closed_counts(queue, desk):
    """Chromium leaves the focus in a closed dialog until it next draws the page."""
    chosen = desk.evaluate(
        """() => {
          const keys = document.querySelector("#keys");
          keys.showModal();
          keys.close();
          const event = new KeyboardEvent("keydown", { key: "j", bubbles: true });
          keys.querySelector("button").dispatchEvent(event);
          return document.querySelector("[data-case][aria-current]") !== null;
        }"""
    )
    assert chosen


def test_shortcuts_work_in_a_russian_layout(queue, desk):
    """Ф is on the key of A, о on the key of J."""
    case = rows(desk)[1]
    for key, code in (("о", "KeyJ"), ("ф", "KeyA")):
        desk.evaluate(
            "([key, code]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
            [key, code],
        )
    eventually(lambda: case in [one["id"] for one in queue.cases("accepted")])
