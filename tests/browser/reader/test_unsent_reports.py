"""No report is lost: without a network, over a limit, when an answer gets lost."""

from playwright.sync_api import expect

from tests.support.proxy import proxy
from tests.support.running import eventually
from tests.support.widget import WORD, canonical, dialog_of, open_dialog


def test_a_report_made_offline_is_sent_when_the_network_is_back(visit, context, news, stored):
    page = visit()
    url = canonical(page, f"{news.url}/offline")
    dialog = open_dialog(page)
    dialog.get_by_label("Исправление").fill("Исполнитель")
    context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("сохранено и отправится")
    assert stored(url) == {}
    context.set_offline(False)
    eventually(lambda: stored(url) == {WORD: 1})
    eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"))
    visit("lists")
    assert stored(url) == {WORD: 1}, "the next page sends nothing again"


def test_the_next_page_sends_what_this_one_could_not(visit, context, news, stored):
    page = visit()
    url = canonical(page, f"{news.url}/next-page")
    dialog = open_dialog(page)
    context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("сохранено")
    page.evaluate(
        "localStorage['corrigenda-unsent'] ="
        " localStorage['corrigenda-unsent'].replace(/\"next\":\\d+/, '\"next\":0')"
    )
    context.set_offline(False)
    other = visit("lists")
    eventually(lambda: stored(url) == {WORD: 1})
    eventually(lambda: other.evaluate("localStorage['corrigenda-unsent'] === undefined"))


def test_an_answer_that_got_lost_stores_nothing_twice(visit, running, news, stored):
    with proxy(running.port) as network:
        page = visit(service=network.url)
        url = canonical(page, f"{news.url}/cut")
        dialog = open_dialog(page)
        network.cut_answers = True
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("сохранено")
        assert network.cuts >= 1
        assert stored(url) == {WORD: 1}, "the service had it before the answer got lost"
        network.cut_answers = False
        eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"))
        assert stored(url) == {WORD: 1}


def test_a_report_over_the_limit_is_sent_later(visit, running, news, stored):
    limit = {"CORRIGENDA_READER_LIMIT": "1 per 4 second", "CORRIGENDA_SITE_LIMIT": ""}
    with running.another_web(**limit) as service:
        page = visit(service=service)
        url = canonical(page, f"{news.url}/limited")
        for word, said in ((WORD, "Спасибо!"), ("Жители", "слишком много")):
            dialog = open_dialog(page, word)
            page.keyboard.press("Control+Enter")
            expect(dialog.get_by_role("status")).to_contain_text(said)
            page.keyboard.press("Escape")
        eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"))
        assert stored(url) == {WORD: 1, "Жители": 1}


def test_at_most_twenty_reports_are_kept_for_at_most_a_week(visit, context):
    page = visit()
    page.evaluate(
        """() => {
          const old = {home: "http://127.0.0.1:1/", key: "k", report: {}, tries: 0, next: 1e15};
          localStorage["corrigenda-unsent"] = JSON.stringify([
            {...old, since: Date.now() - 8 * 86400000},
            ...Array.from({length: 30}, (_, n) => ({...old, key: "k" + n, since: Date.now()})),
          ]);
        }"""
    )
    open_dialog(page)
    context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page).get_by_role("status")).to_contain_text("сохранено")
    kept = page.evaluate("JSON.parse(localStorage['corrigenda-unsent']).map((entry) => entry.key)")
    assert len(kept) == 20 and "k" not in kept
    context.set_offline(False)


def test_a_refused_report_stays_in_the_form_with_the_reason(visit, running, news):
    running.cli("site", "set", news.name, "--block-word", "казино")
    try:
        page = visit()
        dialog = open_dialog(page)
        dialog.get_by_label("Комментарий").fill("Лучшее КАЗИНО города")
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("alert")).to_contain_text("Проверьте сообщение")
        expect(dialog.get_by_label("Комментарий")).to_have_value("Лучшее КАЗИНО города")
    finally:
        running.cli("site", "set", news.name, "--unblock", "казино")
