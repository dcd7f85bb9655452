"""A step on all matching cases: a dialog over the queue asks for it."""

from playwright.sync_api import expect

from tests.support.browsing import violations
from tests.support.queue import rows
from tests.support.running import eventually


def test_it_asks_over_the_list_and_cancel_leads_back(queue, desk):
    desk.goto(queue.url)
    link = desk.get_by_role("link", name="Выбрать все 3")
    link.click()
    dialog = desk.get_by_role("dialog", name="Найдено 3 замечания")
    expect(dialog.get_by_role("heading", name="Найдено 3 замечания")).to_be_focused()
    expect(dialog.get_by_label("Заметка для коллег")).to_be_visible()
    assert violations(desk) == []
    dialog.get_by_label("Заметка для коллег").press("Enter")  # decides nothing
    dialog.get_by_role("link", name="Отмена").click()
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()
    assert len(queue.cases()) == 3 and desk.url == queue.url


def test_another_number_is_confirmed_again_and_what_was_typed_stays(queue, desk):
    desk.goto(queue.url)
    desk.get_by_role("link", name="Выбрать все 3").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Заметка для коллег").fill("Одна правка на всех")
    queue.send()
    queue.await_cases(4)
    dialog.get_by_role("button", name="Спам (3)").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Число замечаний изменилось")
    expect(dialog.get_by_label("Заметка для коллег")).to_have_value("Одна правка на всех")
    dialog.get_by_role("button", name="Спам (4)").click()
    expect(dialog).to_have_count(0)
    expect(desk.locator("[data-toasts]")).to_contain_text("спам")
    assert rows(desk) == [] and len(queue.cases("spam")) == 4
    desk.keyboard.press("u")
    eventually(lambda: len(rows(desk)) == 4)
