"""The list of this browser's reports in the dialog, and for a site's own front end."""

import json

import psycopg
from playwright.sync_api import expect

from tests.support.running import eventually
from tests.support.widget import WORD, canonical, open_dialog

_REPORTS = """async ([home, siteKey]) => {
  const { reports } = await import(`${home}/widget/api.js`);
  return reports({siteKey, lang: "en"});
}"""
_FORGET = """async ([home, siteKey]) => {
  const { forget, reports } = await import(`${home}/widget/api.js`);
  await forget({siteKey});
  return reports({siteKey});
}"""


def report(page, word, correction):
    """Report a word, and leave the thanks open."""
    dialog = open_dialog(page, word)
    dialog.get_by_label("Исправление").fill(correction)
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
    return dialog


def fix_all(running, url):
    """Close the cases of a page as fixed, once its reports are placed."""
    change = (
        "UPDATE \"case\" SET status = 'fixed', decided_at = now(), fixed_at = now()"
        " FROM page WHERE page.id = page_id AND page.url = %s"
    )

    def done():
        with psycopg.connect(running.database_url) as database:
            return database.execute(change, [url]).rowcount

    eventually(done)


def test_a_reader_sees_what_became_of_the_reports_and_can_forget_them(visit, running, news):
    page = visit()
    canonical(page, f"{news.url}/your-reports")
    dialog = report(page, WORD, "Исполнитель")
    expect(dialog.get_by_role("button", name="Ваши сообщения (1)")).to_be_visible()
    fix_all(running, f"{news.url}/your-reports")
    page.reload()
    canonical(page, f"{news.url}/your-reports-2")
    report(page, "Жители", "Жильцы")
    page.keyboard.press("Escape")

    dialog = open_dialog(page, "Жители")
    dialog.get_by_label("Комментарий").fill("недописано")
    with page.expect_request("**/api/v1/receipts") as asked:
        dialog.get_by_role("button", name="Ваши сообщения (2)").press("Enter")
    assert len(json.loads(asked.value.post_data)["tokens"]) == 2
    expect(dialog).to_have_accessible_name("Ваши сообщения")
    expect(dialog.get_by_role("heading")).to_be_focused()
    newest, oldest = dialog.get_by_role("listitem").all()
    expect(newest.get_by_role("link")).to_have_text("ЖителиЖильцы")
    expect(oldest).to_contain_text("✓ Текст исправлен.")
    assert "/r/" in oldest.get_by_role("link").get_attribute("href")

    dialog.get_by_role("button", name="Забыть").click()
    expect(dialog.get_by_role("status")).to_contain_text("больше не помнит")
    assert page.evaluate("localStorage.length") == 0
    dialog.get_by_role("button", name="Отменить").click()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_role("button", name="Забыть").click()
    dialog.get_by_role("button", name="Назад").click()
    expect(dialog.get_by_label("Комментарий")).to_have_value("недописано")
    expect(dialog.get_by_role("button", name="Ваши сообщения")).to_have_count(0)


def test_a_front_end_reads_the_list_and_forgets_it(visit, running, news):
    page = visit()
    url = canonical(page, f"{news.url}/your-reports-api")
    report(page, WORD, "Исполнитель")
    (own,) = page.evaluate(_REPORTS, [running.url, news.key])
    assert (own["url"], own["quote"]["exact"], own["correction"]) == (url, WORD, "Исполнитель")
    assert own["state"]["message"] in (
        "Your report has been sent.", "The editors have received your report.",
    )  # fmt: skip
    assert page.evaluate(_FORGET, [running.url, news.key]) == []


def test_without_a_network_the_list_shows_what_was_sent(visit, context):
    page = visit()
    dialog = report(page, WORD, "Исполнитель")
    context.set_offline(True)
    dialog.get_by_role("button", name="Ваши сообщения").click()
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    expect(dialog).to_contain_text("Не удалось узнать")
    context.set_offline(False)


def test_a_page_whose_storage_is_switched_off_reports_all_the_same(page, visit):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException(); }})"
    )
    dialog = report(visit(), WORD, "Исполнитель")
    expect(dialog.get_by_role("button")).to_have_count(1)
