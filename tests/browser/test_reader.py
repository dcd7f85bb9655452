"""The reader's side on another origin's pages: ways in, dialog, nothing lost, marks, known passages."""

import re
from collections import Counter

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import screenshot, select
from tests.support.gallery import served
from tests.support.proxy import proxy
from tests.support.running import Running, eventually

WORD = "Подрядчик"


@pytest.fixture
def visit(page, news, running):
    """Opens a page of the gallery whose script tag has these attributes."""

    def go(name="paragraphs", to=None, service=None, visitor=None, **attributes):
        to, service = to or page, service or running.url
        extra = " ".join(f'data-{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
        values = {
            "widget": f"{service}/widget.js",
            "key": news.key + '" ' + extra.rstrip('"') if extra else news.key,
        }
        news.web.pages["/test.html"] = served(name, values)
        to.goto(f"{news.url}/test.html")
        return to

    return go


@pytest.fixture
def stored(running):
    """Reports of a page in the database, by passage."""

    def count(url):
        with psycopg.connect(running.database_url) as database:
            rows = database.execute("SELECT exact FROM report WHERE url = %s", [url]).fetchall()
        return Counter(row[0] for row in rows)

    return count


def dialog_of(page):
    return page.get_by_role("dialog")


def open_on(page, word=WORD, root="article"):
    select(page, word, root)
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page)).to_be_visible()
    return dialog_of(page)


def fresh(page, news, name):
    """A page of its own for a test that counts reports: its address says which."""
    page.evaluate(
        "url => { const link = document.createElement('link'); link.rel = 'canonical'; link.href = url;"
        " document.head.append(link); }",
        f"{news.url}/{name}",
    )
    return f"{news.url}/{name}"


class TestWaysIn:
    def test_other_keys(self, visit):
        page = visit(hotkey="Alt+Shift+E")
        select(page, WORD)
        page.keyboard.press("Control+Enter")
        page.keyboard.press("Alt+Shift+E")
        expect(dialog_of(page)).to_have_count(1)

    def test_a_button_in_the_corner(self, visit):
        page = visit(button="fixed")
        select(page, WORD)
        page.locator("corrigenda-button button").click()
        expect(dialog_of(page).locator("mark")).to_have_text(WORD)

    def test_a_link_of_the_sites_own(self, visit):
        page = visit(button="h1")
        select(page, WORD)
        page.locator("h1").click()
        expect(dialog_of(page).locator("mark")).to_have_text(WORD)

    def test_on_a_touch_screen_a_button_beside_the_selection(self, new_context, visit):
        context = new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
        page = visit(to=context.new_page())
        select(page, WORD)
        button = page.locator("corrigenda-button button")
        expect(button).to_be_visible()
        below = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
        assert button.bounding_box()["y"] >= below + 40, "clear of the system's handles and menu"
        screenshot(page, "touch-360")
        button.tap()
        expect(dialog_of(page).locator("mark")).to_have_text(WORD)
        screenshot(page, "touch-dialog-360")

    def test_it_goes_when_the_selection_does(self, new_context, visit):
        page = visit(
            to=new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}).new_page()
        )
        select(page, WORD)
        expect(page.locator("corrigenda-button button")).to_be_visible()
        page.evaluate("getSelection().removeAllRanges()")
        expect(page.locator("corrigenda-button")).to_have_count(0)

    def test_a_sites_own_front_end(self, visit, news, running, stored):
        page = visit()
        url = f"{news.url}/front-end"
        result = page.evaluate(
            """async ([home, siteKey, url]) => {
              const { report, open } = await import(`${home}/widget/api.js`);
              const answer = await report({url, quote: {exact: "слово"}, correction: "дело"}, {siteKey});
              const elsewhere = {url: "https://elsewhere.example/", quote: {exact: "слово"}};
              const refused = await report(elsewhere, {siteKey});
              getSelection().selectAllChildren(document.querySelector("h1"));
              await open({siteKey});
              return [answer, refused];
            }""",
            [running.url, news.key, url],
        )
        assert "/r/" in result[0]["receipt"]["url"]
        assert result[1]["problem"] == "refused"
        assert stored(url) == {"слово": 1}
        expect(dialog_of(page).locator("mark")).to_have_text("Заголовок без точки")

    @pytest.mark.parametrize(
        ("prepare", "words"),
        [
            ("document.querySelector('article').after('Вне статьи'); "
             "getSelection().selectAllChildren(document.body); getSelection().collapseToEnd(); "
             "getSelection().modify('extend', 'backward', 'word')", "Выделите опечатку в тексте статьи"),
            ("const p = document.querySelector('p'); p.append('слово '.repeat(300));"
             "getSelection().selectAllChildren(p)", "Слишком длинный фрагмент"),
            ("const field = document.body.appendChild(document.createElement('input'));"
             "field.value = 'своё'; "
             "field.focus(); field.select()", "Это поле ввода"),
            ("getSelection().removeAllRanges()", "Выделите слово"),
        ],
        ids=["outside", "long", "field", "empty"],
    )  # fmt: skip
    def test_a_kind_explanation_instead(self, visit, prepare, words):
        page = visit()
        page.evaluate(
            "document.body.insertAdjacentHTML('afterbegin', '<button data-corrigenda-open>!</button>')"
        )
        page.evaluate(f"() => {{ {prepare} }}")
        page.locator("[data-corrigenda-open]").dispatch_event("click")
        expect(dialog_of(page)).to_contain_text(words)


class TestIsolation:
    @pytest.mark.parametrize("name", ["hostile", "zoom", "prototype", "rtl", "dark", "csp"])
    def test_it_opens_and_sends_on_a_page_that_fights_it(self, page, news, name):
        page.goto(f"{news.url}/{name}.html")
        word = {"rtl": "набережную", "hostile": "набережную"}.get(name, "набережную")
        dialog = open_on(page, word)
        box = dialog.bounding_box()
        width, height = page.evaluate("[innerWidth, innerHeight]")
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= width + 1 and box["y"] + box["height"] <= height + 1
        expect(dialog.get_by_label("Исправление")).to_be_visible()
        expect(dialog.get_by_role("button", name="Отправить")).to_be_visible()
        screenshot(page, f"widget-on-{name}")
        dialog.get_by_label("Исправление").fill("наберéжную")
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")

    def test_it_leaves_the_page_as_it_was(self, visit):
        page = visit()
        before = page.evaluate(
            "[Object.keys(window).sort().join(), document.cookie, JSON.stringify(localStorage)]"
        )
        open_on(page)
        page.keyboard.press("Escape")
        after = page.evaluate(
            "[Object.keys(window).sort().join(), document.cookie, JSON.stringify(localStorage)]"
        )
        assert before == after

    def test_a_sites_colours(self, page, news):
        page.goto(f"{news.url}/dark.html")
        send = open_on(page, "набережную").get_by_role("button", name="Отправить")
        assert send.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(68, 85, 204)"
        assert send.evaluate("node => getComputedStyle(node).borderRadius") == "0px"

    @pytest.mark.parametrize(
        ("name", "paper"), [("dark", "rgb(33, 31, 29)"), ("paragraphs", "rgb(255, 255, 255)")]
    )
    def test_it_is_as_light_or_dark_as_the_page(self, page, news, name, paper):
        page.goto(f"{news.url}/{name}.html")
        assert open_on(page, "набережную").evaluate("node => getComputedStyle(node).backgroundColor") == paper

    def test_in_high_contrast_nothing_is_told_by_colour_alone(self, new_context, news):
        page = new_context(forced_colors="active").new_page()
        page.goto(f"{news.url}/paragraphs.html")
        dialog = open_on(page)
        dialog.get_by_label("Исправление").fill("Исполнитель")
        decorations = [
            dialog.locator(mark).evaluate("node => getComputedStyle(node).textDecorationLine")
            for mark in ("del", "ins")
        ]
        assert decorations == ["line-through", "underline"]
        screenshot(page, "widget-high-contrast")


class TestDialog:
    def test_the_difference_is_shown_while_typing(self, visit):
        page = visit()
        dialog = open_on(page)
        expect(dialog.locator("mark")).to_have_text(WORD)
        dialog.get_by_label("Исправление").fill("Исполнитель")
        expect(dialog.locator("del")).to_have_text(WORD)
        expect(dialog.locator("ins")).to_have_text("Исполнитель")
        expect(dialog.locator("mark")).to_have_count(0)

    def test_the_focus_is_trapped_and_given_back(self, visit):
        page = visit()
        page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a href=\"#\" id=before>x</a>')")
        page.locator("#before").focus()
        dialog = open_on(page)
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.localName") in ("corrigenda-dialog", "body")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert page.evaluate("document.activeElement.id") == "before"
        eventually(lambda: page.evaluate("getSelection().toString()") == WORD)

    def test_a_draft_is_kept(self, visit):
        page = visit()
        open_on(page).get_by_label("Комментарий").fill("недописано")
        page.keyboard.press("Escape")
        expect(open_on(page).get_by_label("Комментарий")).to_have_value("недописано")

    def test_a_closed_dialog_takes_no_more_keys(self, visit):
        """Until the page is drawn next, Chromium would send them there: Ctrl+Enter would report after Esc."""
        page = visit()
        gone = "(dialog) => {dialog.querySelector('button[type=button]').click(); return !dialog.isConnected}"
        assert open_on(page).evaluate(gone)
        open_on(page).evaluate(
            "(dialog) => dialog.addEventListener('cancel', () => { window.gone = !dialog.isConnected; })"
        )
        page.keyboard.press("Escape")
        page.wait_for_function("window.gone !== undefined")
        assert page.evaluate("window.gone")

    def test_kind_and_comment_go_along(self, visit, running, news):
        page = visit()
        url = fresh(page, news, "kinds")
        dialog = open_on(page)
        dialog.get_by_label("Тип ошибки").select_option("grammar")
        dialog.get_by_label("Комментарий").fill("согласование")
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
        with psycopg.connect(running.database_url) as database:
            query = "SELECT kind, comment, correction, lang, title FROM report WHERE url = %s"
            assert database.execute(query, [url]).fetchone() == (
                "grammar",
                "согласование",
                None,
                "ru",
                "Paragraphs",
            )

    def test_the_sites_ground_rules(self, visit, running, news):
        running.cli("site", "set", news.name, "--ground-rules", "Мы пишем «ё» всегда")
        try:
            page = visit()
            page.wait_for_timeout(5500)  # the service knows a site for five seconds
            expect(open_on(page)).to_contain_text("Мы пишем «ё» всегда")
        finally:
            running.cli("site", "set", news.name, "--ground-rules", "")

    def test_another_language_is_a_file(self, visit, news):
        words = '{"lang": "de", "title": "Tippfehler melden", "send": "Senden", "dir": "ltr"}'
        news.web.pages["/de.json"] = (200, {"Content-Type": "application/json"}, words.encode())
        page = visit(words="/de.json", lang="de")
        dialog = open_on(page)
        expect(dialog).to_have_attribute("lang", "de")
        expect(dialog.get_by_role("button", name="Senden")).to_be_visible()


class TestNothingLost:
    def test_offline_it_is_kept_and_sent_when_the_network_is_back(self, visit, context, news, stored):
        page = visit()
        url = fresh(page, news, "offline")
        dialog = open_on(page)
        dialog.get_by_label("Исправление").fill("Исполнитель")
        context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("сохранено и отправится")
        assert stored(url) == {}
        context.set_offline(False)
        eventually(lambda: stored(url) == {WORD: 1}, 15)
        eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"))
        page.wait_for_timeout(500)
        assert stored(url) == {WORD: 1}

    def test_the_next_page_sends_what_this_one_could_not(self, visit, context, news, stored):
        page = visit()
        url = fresh(page, news, "next-page")
        dialog = open_on(page)
        context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("сохранено")
        page.evaluate(
            "localStorage['corrigenda-unsent'] ="
            " localStorage['corrigenda-unsent'].replace(/\"next\":\\d+/, '\"next\":0')"
        )
        context.set_offline(False)
        other = visit("lists")
        eventually(lambda: stored(url) == {WORD: 1}, 15)
        eventually(lambda: other.evaluate("localStorage['corrigenda-unsent'] === undefined"))

    def test_an_answer_that_got_lost_stores_nothing_twice(self, visit, running, news, stored):
        with proxy(running.port) as network:
            page = visit(service=network.url)
            url = fresh(page, news, "cut")
            dialog = open_on(page)
            network.cut_answers = True
            page.keyboard.press("Control+Enter")
            expect(dialog.get_by_role("status")).to_contain_text("сохранено")
            assert network.cuts >= 1
            assert stored(url) == {WORD: 1}, "the service had it before the answer got lost"
            network.cut_answers = False
            eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"), 20)
            assert stored(url) == {WORD: 1}

    def test_too_many_is_kept_and_sent_later(self, new_context, workspace, news):
        limit = {"CORRIGENDA_READER_LIMIT": "1 per 4 second", "CORRIGENDA_SITE_LIMIT": ""}
        stack = Running(workspace / "limited", "--no-demo", **limit).await_ready()
        try:
            site = stack.cli("site", "add", "Limited", "--origin", news.url, "--json")
            values = {"widget": f"{stack.url}/widget.js", "key": site["site_key"]}
            news.web.pages["/limited.html"] = served("paragraphs", values)
            page = new_context().new_page()
            page.goto(f"{news.url}/limited.html")
            url = fresh(page, news, "limited")
            for word, said in ((WORD, "Спасибо!"), ("Жители", "слишком много")):
                dialog = open_on(page, word)
                page.keyboard.press("Control+Enter")
                expect(dialog.get_by_role("status")).to_contain_text(said)
                page.keyboard.press("Escape")
            eventually(lambda: page.evaluate("localStorage['corrigenda-unsent'] === undefined"), 30)
            with psycopg.connect(stack.database_url) as database:
                rows = database.execute(
                    "SELECT exact FROM report WHERE url = %s ORDER BY id", [url]
                ).fetchall()
            assert rows == [(WORD,), ("Жители",)]
        finally:
            stack.stop()

    def test_what_is_kept_is_bounded_and_forgotten_after_a_week(self, visit, context):
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
        open_on(page)
        context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(dialog_of(page).get_by_role("status")).to_contain_text("сохранено")
        kept = page.evaluate("JSON.parse(localStorage['corrigenda-unsent']).map((entry) => entry.key)")
        assert len(kept) == 20 and "k" not in kept
        context.set_offline(False)

    def test_a_refusal_says_why_and_keeps_the_text(self, visit, running, news):
        running.cli("site", "set", news.name, "--block-word", "казино")
        try:
            page = visit()
            page.wait_for_timeout(5500)  # the service knows a site for five seconds
            dialog = open_on(page)
            dialog.get_by_label("Комментарий").fill("Лучшее КАЗИНО города")
            page.keyboard.press("Control+Enter")
            expect(dialog.get_by_role("alert")).to_contain_text("Проверьте сообщение")
            expect(dialog.get_by_label("Комментарий")).to_have_value("Лучшее КАЗИНО города")
        finally:
            running.cli("site", "set", news.name, "--unblock", "казино")


class TestMarks:
    def highlights(self, page):
        return page.evaluate("[...(CSS.highlights.get('corrigenda') ?? [])].map((range) => range.toString())")

    def test_off_unless_the_site_asks(self, visit):
        page = visit()
        open_on(page)
        page.keyboard.press("Control+Enter")
        expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")
        assert page.evaluate("localStorage.length") == 0

    def test_the_passage_is_marked_now_and_on_the_next_visit(self, visit):
        page = visit(mark="on")
        open_on(page)
        page.keyboard.press("Control+Enter")
        expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")
        eventually(lambda: self.highlights(page) == [WORD])
        page.reload()
        eventually(lambda: self.highlights(page) == [WORD])
        expect(open_on(page)).to_contain_text("Вы уже сообщали об этом.")


class TestKnown:
    def test_the_editors_know_and_one_more_counts(self, page, running, news):
        running.cli("site", "set", "Corrigenda demo", "--known-passages")
        try:
            page.goto(f"{running.url}/demo/ru")
            open_on(page, "ниодного")
            page.keyboard.press("Control+Enter")
            expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")

            def known():
                page.goto(f"{running.url}/demo/ru?{Counter()!r}")
                answer = page.evaluate(
                    """async (site) => {
                      const url = document.querySelector("link[rel=canonical]").href;
                      const query = new URLSearchParams({site, url});
                      const answer = await fetch(`/api/v1/widget?${query}`, {cache: "no-store"});
                      return (await answer.json()).known;
                    }""",
                    re.search(r'data-site-key="(\w+[-\w]*)"', page.content())[1],
                )
                return answer and any(quote["exact"] == "ниодного" for quote in answer)

            eventually(known, 120)
            other = page.context.browser.new_context().new_page()
            other.goto(f"{running.url}/demo/ru")
            dialog = open_on(other, "ниодного")
            expect(dialog).to_contain_text("Редакция уже знает об этой ошибке.")
            dialog.get_by_role("button", name="Мне тоже мешает").click()
            expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
        finally:
            running.cli("site", "set", "Corrigenda demo", "--no-known-passages")


class TestProofOfWork:
    def test_the_widget_solves_it_without_stopping_the_page(self, visit, running, news):
        running.cli("site", "set", news.name, "--proof-of-work")
        try:
            page = visit()
            page.wait_for_timeout(5500)
            dialog = open_on(page)
            page.evaluate(
                """() => {
                  window.longest = 0;
                  let last = performance.now();
                  const tick = () => {
                    const now = performance.now();
                    window.longest = Math.max(window.longest, now - last);
                    last = now;
                    requestAnimationFrame(tick);
                  };
                  tick();
                }"""
            )
            page.keyboard.press("Control+Enter")
            expect(dialog.get_by_role("status")).to_contain_text("Спасибо!", timeout=30000)
            assert page.evaluate("window.longest") < 1000
        finally:
            running.cli("site", "set", news.name, "--no-proof-of-work")
            page.wait_for_timeout(5500)
