"""The queue while readers and another editor work, on the real stack."""

import pytest
from playwright.sync_api import expect

from tests.support.browsing import sign_in
from tests.support.queue import current, rows
from tests.support.running import eventually


@pytest.fixture
def anna(new_context, running, queue):
    """Another editor's browser, on the same queue."""
    email = f"anna@{queue.site['id']}.example"
    command = ("editor", "add", email, "--role", "editor", "--site", queue.name, "--json")
    password = running.cli(*command)["password"]
    page = new_context(locale="ru-RU").new_page()
    sign_in(page, running, email, password)
    page.goto(queue.url)
    return page


def test_new_cases_appear_and_the_row_under_the_cursor_stays(queue, desk):
    desk.goto(queue.url)
    desk.keyboard.press("j")
    case, top = current(desk), desk.locator("[data-case][aria-current]").bounding_box()["y"]
    queue.send()
    eventually(lambda: len(rows(desk)) == 4)
    assert rows(desk)[2] == case == current(desk)
    assert abs(desk.locator("[data-case][aria-current]").bounding_box()["y"] - top) < 2
    expect(desk.locator("[data-count=open]")).not_to_have_text("3")


def test_other_editors_decisions_and_glances(queue, desk, anna):
    desk.goto(queue.url)
    _first, second, third = rows(desk)
    desk.keyboard.press("j")
    expect(anna.locator(f"#case-{second} [data-claim]")).to_have_text(
        "owner@corrigenda.example смотрит это замечание"
    )
    anna.keyboard.press("s")
    eventually(lambda: rows(desk) == [second, third])
    anna.keyboard.press("a")  # the one that the owner is looking at
    row = desk.locator(f"#case-{second}")
    expect(row.locator(".became")).to_contain_text("ринято")
    expect(row.locator(".became")).to_contain_text("anna@")
    assert current(desk) == second
    desk.keyboard.press("j")
    eventually(lambda: rows(desk) == [third])
    desk.goto("about:blank")
    expect(anna.locator(f"#case-{third} [data-claim]")).to_be_hidden(timeout=60000)


def test_a_case_that_a_colleague_decided_leaves_by_itself_and_moves_nothing_under_the_pointer(
    queue, desk, anna
):
    desk.clock.install()
    desk.goto(queue.url)
    first, second, third = rows(desk)
    anna.keyboard.press("a")
    expect(desk.locator(f"#case-{first} .became")).to_contain_text("ринято")
    desk.locator(f"#case-{second}").hover()
    top = desk.locator(f"#case-{second}").bounding_box()["y"]
    desk.clock.run_for(8000)
    assert (rows(desk), current(desk)) == ([first, second, third], first)
    assert desk.locator(f"#case-{second}").bounding_box()["y"] == top
    desk.mouse.move(1, 1)
    desk.clock.run_for(6000)
    assert (rows(desk), current(desk)) == ([second, third], second)


@pytest.mark.parametrize(
    ("choice", "then"), [("data-keep", "accepted"), ("go on", "accepted"), ("data-anyway", "rejected")]
)
def test_somebody_was_faster_and_the_editor_chooses(queue, desk, anna, choice, then):
    desk.goto(queue.url)
    desk.route("**/desk/queue/live*", lambda route: route.abort())  # it has not come through yet
    case = rows(desk)[0]
    anna.keyboard.press("a")
    eventually(lambda: len(queue.cases("accepted")) == 1)
    desk.keyboard.press("r")
    desk.keyboard.press("r")
    bar = desk.locator(f"#case-{case} .conflict")
    expect(bar).to_contain_text("anna@")
    expect(bar).to_contain_text("ринято")
    # The bar says it, where the case is. The message of the step must not go on saying "rejected".
    assert desk.locator("[data-toasts] > *").count() == 0
    if choice == "go on":
        desk.keyboard.press("j")
    else:
        bar.locator(f"[{choice}]").click()
    eventually(lambda: case in [one["id"] for one in queue.cases(then)])
    eventually(lambda: case not in rows(desk))
