"""The queue with scripts, on the real stack, two editors side by side."""

import re

from playwright.sync_api import expect

from tests.support.browsing import screenshot, sign_in, violations
from tests.support.queue import Queue, current, rows
from tests.support.running import eventually


def test_a_refused_step_comes_back_with_the_reason(queue, desk):
    desk.goto(queue.url)
    before = rows(desk)
    held = []

    def hold(route):
        held.append(route)

    desk.route("**/decisions*", hold)
    desk.keyboard.press("a")
    expect(desk.locator("[data-toasts]")).to_contain_text("Принято: расказал → рассказал")
    assert rows(desk) == before[1:]
    held[0].abort()
    expect(desk.get_by_role("status").filter(has_text="Нет связи")).to_be_visible()
    assert rows(desk) == before and current(desk) == before[0]
    assert len(queue.cases()) == 3


def test_filters_are_in_the_url_and_views_are_kept(queue, desk):
    queue.send(kind="grammar", comment="падеж не тот")
    eventually(lambda: len(queue.cases()) == 4)
    desk.goto(queue.url)
    desk.locator("summary", has_text="Фильтры").click()
    desk.get_by_label("Тип ошибки").select_option("grammar")
    desk.wait_for_url("**kind=grammar**")
    expect(desk.locator("[data-case]")).to_have_count(1)
    assert "kind=grammar" in desk.url
    desk.locator("summary", has_text="Фильтры").click()
    desk.get_by_label("Название фильтра").fill("Грамматика")
    desk.get_by_role("button", name="Сохранить фильтр").click()
    desk.goto(queue.url)
    desk.get_by_role("searchbox").fill("падежами")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**q=*")
    expect(desk.locator("[data-case]")).to_have_count(1)
    assert desk.evaluate("CSS.highlights.get('found').size") > 0  # the word is in the reader's comment
    desk.goto(queue.url)
    desk.get_by_role("link", name="Грамматика", exact=True).click()
    desk.wait_for_url("**kind=grammar**")
    expect(desk.locator("[data-case]")).to_have_count(1)
    desk.get_by_label("Изменить фильтр «Грамматика»").click()
    desk.get_by_role("button", name="Удалить фильтр «Грамматика»").click()
    expect(desk.get_by_role("link", name="Грамматика", exact=True)).to_have_count(0)
    desk.get_by_role("button", name="Отменить").click()
    expect(desk.get_by_role("link", name="Грамматика", exact=True)).to_have_count(1)
    desk.wait_for_url("**kind=grammar**")
    desk.get_by_label("Изменить фильтр «Грамматика»").click()
    desk.get_by_role("button", name="Удалить фильтр «Грамматика»").click()
    expect(desk.get_by_role("link", name="Грамматика", exact=True)).to_have_count(0)


def test_all_that_match_with_progress_and_one_undo(running, desk):
    queue = Queue(running, 120)
    desk.goto(queue.url)
    desk.get_by_role("link", name="Выбрать все 120").click()
    expect(desk.get_by_role("heading", name="Найдено 120 замечаний")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Отклонить (120)").click()
    expect(desk.get_by_role("heading", name="Отклонить: 120 / 120")).to_be_visible(timeout=60000)
    assert len(queue.cases("rejected")) == 120
    assert violations(desk) == []
    desk.get_by_role("button", name="Отменить всё").click()
    expect(desk.get_by_role("heading", name="Вернуть в работу: 120 / 120")).to_be_visible(timeout=60000)
    assert len(queue.cases()) == 120


def test_the_queue_works_without_scripts(new_context, running, queue):
    """Reading, single decisions, undo, selecting, filters: all of it are forms and links."""
    context = new_context(locale="ru-RU", java_script_enabled=False)
    desk = context.new_page()
    sign_in(desk, running)
    desk.goto(queue.url)
    desk.locator("[data-case]").first.get_by_role("button", name="Отклонить").click()
    assert len(queue.cases("rejected")) == 1
    desk.get_by_role("button", name="Отменить").click()
    assert len(queue.cases()) == 3
    desk.goto(queue.url)
    for box in desk.locator("[data-select]").all():
        box.check()
    desk.locator("#bulk").get_by_role("button", name="Спам").click()
    assert len(queue.cases("spam")) == 3
    desk.get_by_role("button", name="Отменить всё").click()
    assert len(queue.cases()) == 3
    desk.goto(queue.url)
    desk.locator("[data-open]").first.click()
    desk.get_by_role("button", name="Принять", exact=True).click()
    assert len(queue.cases("accepted")) == 1


def test_a_click_on_a_button_of_a_row_that_is_partly_off_the_screen_counts(queue, desk):
    """Choosing the row used to scroll it, and the button left the pointer before the click came."""
    desk.set_viewport_size({"width": 1000, "height": 320})
    desk.goto(queue.url)
    case = rows(desk)[1]
    desk.locator(f"#case-{case} .case-meta").click()
    button = desk.locator(f"#case-{case} .case-detail > form button[value=reject]")
    button.evaluate("(node) => scrollTo(0, node.getBoundingClientRect().top + scrollY - 8)")
    box = button.bounding_box()
    assert desk.locator(f"#case-{case}").bounding_box()["y"] < 0
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    eventually(lambda: case not in rows(desk))
    eventually(lambda: case in [one["id"] for one in queue.cases("rejected")])


def test_twelve_cases_fit_beside_the_pane_and_one_with_its_actions_on_a_phone(running, desk):
    """`make screenshots` puts the picture that is taken here into the README."""
    queue = Queue(running, 14)
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"{running.url}/desk/queue")
    expect(desk.locator("[data-pane-of]")).to_be_visible()
    screenshot(desk, "desk-1440")
    in_sight = "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    assert desk.locator("[data-case]").evaluate_all(in_sight) >= 12
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto(queue.url)
    first = desk.locator("[data-case]").first
    assert first.bounding_box()["y"] <= 110
    accept = first.get_by_role("button", name="Принять").bounding_box()
    assert accept["y"] + accept["height"] <= 740


def test_counts_follow_a_decision_at_once(queue, desk):
    desk.goto(queue.url)
    before = int(desk.locator("[data-count=open]").inner_text())
    desk.route("**/desk/queue/live*", lambda route: route.abort())
    desk.keyboard.press("s")
    expect(desk.locator("[data-count=open]")).to_have_text(str(before - 1))
    expect(desk).to_have_title(re.compile(rf"\({before - 1}\)"))


def test_the_same_mistake_on_many_pages_is_decided_at_once_and_undone_at_once(queue, desk):
    desk.goto(queue.url)
    expect(desk.locator("[data-pane] .pair")).to_contain_text("расказал → рассказал")
    desk.keyboard.press("Shift+A")  # no CMS is connected: this key has no second meaning
    desk.keyboard.press("=")
    expect(desk.locator("[data-toasts]")).to_contain_text("Принято 3 замечания")
    assert rows(desk) == [] and len(queue.cases("accepted")) == 3
    desk.keyboard.press("u")
    eventually(lambda: len(rows(desk)) == 3)
    assert len(queue.cases()) == 3


def test_selected_cases_are_rejected_with_a_reason_where_they_stand(queue, desk):
    desk.goto(queue.url)
    first, second, third = rows(desk)
    desk.evaluate("window.isSamePage = true")
    desk.get_by_label("Выбрать все показанные").check()
    expect(desk.locator("[data-selected]")).to_have_text("Выбрано: 3")
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-select]:checked")).to_have_count(0)
    for key in ("x", "j", "x", "r"):
        desk.keyboard.press(key)
    desk.locator(".reason-button", has_text="Это не ошибка").wait_for()
    desk.keyboard.press("1")
    eventually(lambda: rows(desk) == [third])
    assert {case["id"] for case in queue.cases("rejected")} == {first, second}
    desk.locator("[data-toasts] button").click()
    eventually(lambda: set(rows(desk)) == {first, second, third})
    assert desk.evaluate("window.isSamePage")
