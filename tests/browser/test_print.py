"""The queue and a case on paper."""

from playwright.sync_api import expect


def test_the_queue_prints_its_passages_in_full_and_nothing_to_press(desk, running):
    desk.goto(f"{running.url}/desk/queue?site=&status=accepted")
    desk.emulate_media(media="print", color_scheme="dark")
    rows = desk.locator(".case-passage")
    assert rows.count() > 5
    assert rows.evaluate_all("rows => rows.filter((row) => row.scrollWidth > row.clientWidth).length") == 0
    for row in (rows.first, rows.last):
        expect(row).to_be_visible()
    expect(desk.locator("main :is(button, input, select, kbd):visible")).to_have_count(0)
    expect(desk.locator(".tabs a:visible")).to_have_count(1)
    assert desk.locator(".case time").first.evaluate("time => getComputedStyle(time).fontSize") == "0px"
    assert (
        desk.evaluate("getComputedStyle(document.querySelector('.case-passage')).color") == "rgb(29, 28, 26)"
    )


def test_a_case_prints_its_reports_and_history_and_nothing_to_press(desk, running):
    desk.goto(f"{running.url}/desk/queue?site=&status=accepted")
    desk.goto(running.url + desk.locator("[data-open]").first.get_attribute("href"))
    desk.emulate_media(media="print")
    expect(desk.get_by_role("heading", name="История")).to_be_visible()
    expect(desk.locator(".reports .passage").first).to_be_visible()
    expect(desk.locator("main .print-only")).to_be_visible()
    expect(desk.locator("main :is(button, input, select, kbd):visible")).to_have_count(0)
