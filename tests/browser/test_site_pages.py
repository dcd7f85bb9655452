"""A site, its people and their accounts, on the real stack."""

import re

import pyotp
from playwright.sync_api import expect

from tests.support.browsing import select, sign_in, violations
from tests.support.queue import Queue
from tests.support.web import serve


def test_a_site_is_set_up_and_tried(running, desk):
    queue = Queue(running, 0)
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}")
    desk.get_by_label("Памятка читателю").fill("Мы пишем ё")
    readers = desk.locator("#readers")
    expect(readers.get_by_text("Есть несохранённые изменения")).to_be_visible()
    expect(readers.get_by_role("button", name="Не сохранять")).to_be_in_viewport()
    readers.get_by_role("button", name="Сохранить").click()
    expect(desk.get_by_role("status").filter(has_text="Сохранено: Читатели")).to_be_visible()
    desk.get_by_role("button", name="Добавить домен").click()
    desk.keyboard.type("ftp://old.example")
    expect(desk.get_by_text("Не похоже на домен: ftp://old.example")).to_be_visible()
    domains = desk.locator("fieldset", has_text="Добавить домен")
    domains.get_by_role("button", name="Удалить", exact=True).last.click()
    expect(desk.get_by_text("Не похоже на домен")).to_have_count(0)
    desk.get_by_role("button", name="Добавить домен").click()
    desk.locator("#domains").get_by_role("button", name="Не сохранять").click()
    expect(domains.get_by_role("textbox")).to_have_count(2)  # the domain, and the line for another
    expect(desk.locator("#domains").get_by_text("Есть несохранённые изменения")).to_have_count(0)
    assert violations(desk) == []
    desk.get_by_role("link", name="Установка").click()
    desk.get_by_label("Кнопка").select_option("fixed")
    desk.get_by_label("Цвет акцента").fill("#aa2200")
    snippet = desk.get_by_label(re.compile("Вставьте эту строку"))
    expect(snippet).to_have_value(re.compile('data-button="fixed"'))
    expect(snippet).to_have_value(re.compile("--corrigenda-accent: #aa2200"))
    expect(desk.locator("[data-frame]")).to_have_attribute("src", re.compile("accent=%23aa2200"))
    frame = desk.frame_locator("[data-frame]")
    frame.get_by_role("button", name="Открыть форму").click()
    dialog = frame.get_by_role("dialog", name="Сообщить об опечатке")
    expect(dialog.locator("mark")).to_have_text("закончаться")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert dialog.get_by_role("button", name="Отправить").evaluate(colour) == "rgb(170, 34, 0)"
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}/preview")
    assert violations(desk) == []


def test_a_role_is_undone_and_a_removal_is_asked_about(running, desk):
    queue = Queue(running, 0)
    email, name = f"ilya@{queue.site['id']}.example", queue.name
    running.cli("editor", "add", email, "--role", "editor", "--site", name, "--json")
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}/members")
    role = desk.get_by_label(f"Роль: {email}")
    role.select_option("viewer")
    expect(desk.get_by_role("status").filter(has_text="Роль изменена: Наблюдатель")).to_be_visible()
    desk.get_by_role("button", name="Отменить").click()
    expect(role).to_have_value("editor")
    desk.wait_for_load_state()  # a button works before its question is there: without scripts, too
    remove = desk.get_by_role("button", name=re.compile(f"Удалить.*{email}"))
    for answer, left in (("Отмена", 1), ("Удалить", 0)):
        remove.click()
        question = desk.get_by_role("dialog")
        expect(question).to_contain_text(f"Удалить участника {email} с сайта «{name}»?")
        assert violations(desk) == []
        question.get_by_role("button", name=answer).click()
        expect(question).to_have_count(0)
        expect(role).to_have_count(left)


def accept_invitation(page, link, name):
    """Accept an invitation with the password "a password of her own"."""
    page.goto(link)
    assert violations(page) == []
    page.get_by_label("Имя (его видят коллеги)").fill(name)
    page.get_by_label("Пароль").fill("a password of her own")
    page.get_by_role("button", name="Принять приглашение").click()
    page.wait_for_url("**/desk/queue")


def turn_on_two_factor_authentication(page):
    """Turn it on, and return a recovery code."""
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Профиль").click()
    page.get_by_role("link", name="Включить").click()
    code = pyotp.TOTP(page.locator("code").inner_text())
    page.get_by_label("Шестизначный код").fill(code.now())
    page.get_by_role("button", name="Включить").click()
    recovery = page.locator(".codes code").first.inner_text()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Скачать").click()
    assert f"\n{recovery}\n" in download.value.path().read_text("utf-8")
    page.get_by_role("button", name="Продолжить").click()
    expect(page.locator("#saved:invalid")).to_be_visible()
    page.get_by_label("Коды сохранены").check()
    page.get_by_role("button", name="Продолжить").click()
    page.wait_for_url("**/desk/account?")
    return recovery


def test_a_colleague_is_invited_and_asked_for_a_code(running, desk, new_context):
    queue = Queue(running, 1)
    email = f"vera@{queue.site['id']}.example"
    desk.goto(f"{running.url}/desk/sites/{queue.site['id']}/members")
    desk.get_by_label("Эл. почта").fill(email)
    desk.get_by_role("button", name="Создать приглашение").click()
    vera = new_context(locale="ru-RU").new_page()
    accept_invitation(vera, desk.locator("code").inner_text(), "Вера")
    assert vera.locator("[data-case]").count() == 1
    expect(vera.locator(".menu-name")).to_have_text("Вера")
    recovery = turn_on_two_factor_authentication(vera)
    again = new_context(locale="ru-RU").new_page()
    again.goto(f"{running.url}/desk/")
    again.get_by_label("Эл. почта").fill(email)
    again.get_by_label("Пароль").fill("a password of her own")
    again.keyboard.press("Enter")
    again.get_by_label("Код из приложения или резервный код").fill(recovery)
    assert violations(again) == []
    again.keyboard.press("Enter")
    again.wait_for_url("**/desk/queue")
    vera.goto(f"{running.url}/desk/account")
    vera.get_by_label("Текущий пароль").fill("a password of her own")
    vera.get_by_label("Новый пароль").fill("quite another password")
    vera.get_by_role("button", name="Сменить пароль").click()
    expect(vera.get_by_role("status").filter(has_text="Пароль изменён")).to_be_visible()
    again.reload()
    again.wait_for_url("**/desk/sign-in**")


def test_a_viewer_reads_only(running, new_context):
    queue = Queue(running, 1)
    email = f"viewer@{queue.site['id']}.example"
    made = running.cli("editor", "add", email, "--role", "viewer", "--site", queue.name, "--json")
    page = new_context(locale="ru-RU").new_page()
    sign_in(page, running, email, made["password"])
    expect(page.locator("[data-case]")).to_have_count(1)
    expect(page.get_by_role("button", name="Принять")).to_have_count(0)
    page.keyboard.press("j")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.keyboard.press("a")
    page.reload()
    assert not any("decisions" in url for url in requests)
    assert len(queue.cases()) == 1


def test_an_installation_leads_from_the_snippet_to_a_test_report(running, desk, new_context):
    """The checklist follows by itself: nobody loads the page again."""
    with serve() as web:
        name = f"Install {web.host}"
        desk.goto(f"{running.url}/desk/sites")
        add = desk.locator("form").filter(has=desk.get_by_label("Разрешённые домены"))
        add.get_by_label("Название").fill(name)
        add.get_by_label("Разрешённые домены").fill(web.host)
        add.get_by_role("button", name="Добавить сайт").click()
        snippet = desk.get_by_label(re.compile("Вставьте эту строку")).input_value()
        desk.get_by_role("button", name="Проверить страницу").click()
        # The page is private, and the operator did not open it: the check says so, with the way out.
        expect(desk.get_by_text(f"CORRIGENDA_PRIVATE_HOSTS={web.host} make run")).to_be_visible()
        assert violations(desk) == []
        desk.get_by_role("button", name="Начать проверку").click()
        web.pages["/"] = f"<!doctype html><article><p>The works wil end on time.</p></article>{snippet}"
        reader = new_context(locale="ru-RU").new_page()
        reader.goto(web.url)
        select(reader, "wil")
        reader.keyboard.press("Control+Enter")
        field = reader.get_by_role("dialog").get_by_role("textbox").first
        field.fill("will")
        reader.keyboard.press("Control+Enter")
        expect(desk.get_by_text("Получено 1 пробное сообщение")).to_be_visible()
        expect(desk.get_by_text("Готово 4 из 4")).to_be_visible()
        expect(desk.locator("#health")).to_contain_text("Последний сигнал")
        expect(desk.locator("#health")).not_to_contain_text("Никогда")
        desk.get_by_role("link", name="Посмотреть в очереди").click()
        expect(desk.get_by_text("Проба", exact=True)).to_be_visible()
