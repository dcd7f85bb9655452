"""Every page in both languages, widths and colour schemes, for axe. `make screenshots` shows them."""

import os
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.support.browsing import (
    cut_texts,
    no_scrollbar,
    screenshot,
    select,
    shifts,
    sign_in,
    violations,
    watch_shifts,
)
from tests.support.feature_site import feature_pages
from tests.support.running import call, eventually

SIZES = {360: 740, 768: 1024, 1440: 900}
COMMENTS = {"ru": "Кажется, здесь пропущена буква", "en": "A letter is missing here, I think"}


REPORTS = [
    ("возращаться", "возвращаться", "Жители просят не ", " к старому плану: улицу хотят оставить тихой."),
    ("accomodate", "accommodate", "The hall can ", " six hundred people, and it did on Friday."),
    ("вообщем", None, "И, ", ", новый маршрут всем понравился, хотя идёт дольше прежнего."),
]


# A page that was read, states its author, and has an open and an accepted case.
ARTICLE_READ = """SELECT page.id, undecided.id FROM page
  JOIN "case" undecided ON undecided.page_id = page.id AND undecided.status = 'open'
  JOIN "case" accepted ON accepted.page_id = page.id AND accepted.status = 'accepted'
  WHERE page.authors <> '{}' AND undecided.state = 'found' AND accepted.state = 'found' LIMIT 1"""


def send(running, site, number):
    """Send one of the reports, and answer its receipt."""
    exact, correction, prefix, suffix = REPORTS[number]
    body = {
        "url": f"https://news.example/city/{number}",
        "quote": {"exact": exact, "prefix": prefix, "suffix": suffix},
        "title": "Старую набережную откроют для пешеходов до конца лета",
        "comment": COMMENTS["ru"],
        "kind": "spelling",
        **({"correction": correction} if correction else {}),
    }
    status, answer = call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site["site_key"]})
    assert status == 202
    return answer["receipt"]["url"].removeprefix(running.url)


@pytest.fixture(scope="module")
def filled(running):
    """A few cases to look at; answers a receipt's address."""
    site = running.cli("site", "add", "Pages", "--origin", "https://news.example", "--json")
    receipts = [send(running, site, number) for number in range(len(REPORTS))]
    token = running.cli("token", "add", "--editor", "owner@corrigenda.example", "--name", "pages", "--json")

    headers = {"Authorization": f"Bearer {token['token']}"}

    def placed():
        found = call(f"{running.url}/api/v1/cases?site={site['id']}", headers=headers)
        return len(found[1]["items"]) == 3 and found[1]["items"][0]

    case = eventually(placed)
    owned, of_site = f"/desk/sites/{site['id']}", f"site={site['id']}"
    running.cli("editor", "add", "anna@pages.example", "--role", "editor", "--site", "Pages", "--json")
    return {
        "/": "home", "/demo/ru": "article", "/api/v1/docs": "api", "/api/v1/problems": "problems",
        "/desk/sign-in": "sign-in",
        f"/desk/queue?{of_site}": "queue", "/desk/queue?status=spam&kind=fact": "queue-empty",
        f"/desk/cases/{case['id']}": "case", f"/desk/bulk/matching?{of_site}": "bulk",
        "/desk/pages": "pages", f"/desk/pages/{case['page']['id']}": "page",
        "/desk/insight?site=": "insight", "/desk/sites": "sites", owned: "settings",
        f"{owned}/embed": "embed", f"{owned}/members": "members", f"{owned}/audit": "audit",
        f"{owned}/danger": "danger", "/desk/sites/demo/remove": "demo-removal",
        "/desk/account": "account", "/desk/accounts": "accounts", "/desk/account/codes": "codes",
        f"{owned}/integrations/telegram": "telegram-bot", "/desk/account/telegram": "telegram-account",
        receipts[-1]: "receipt", "/r/nothing": "error",
        f"/report?site={site['site_key']}&url=https://news.example/city/1": "form",
        "/desk/account/confirm": "confirm",
    }  # fmt: skip


@pytest.fixture(scope="module")
def features(running):
    """The pages of a site that uses everything."""
    return feature_pages(running)


@pytest.fixture(scope="module")
def demo_pages(running):
    """Pages of the demo: its queue, a case whose page states an author, an article with decided cases."""

    def read():
        with running.session() as session:
            return session.execute(text(ARTICLE_READ)).first()

    page_id, case_id = eventually(read)
    return {
        "/desk/queue?site=": "demo-queue", f"/desk/cases/{case_id}": "demo-case",
        f"/desk/pages/{page_id}": "demo-page", "/desk/insight?site=&days=30": "demo-insight",
    }  # fmt: skip


# Each language, scheme and width once; `make screenshots` shows and checks all twelve.
EVERY_LOOK = "EVERY_LOOK" in os.environ
LOOKS = [("ru", "dark", 360), ("en", "light", 1440)]
if EVERY_LOOK:
    LOOKS = [(lang, scheme, width) for lang in COMMENTS for scheme in ("light", "dark") for width in SIZES]


def forget_confirmation(running):
    """Let the newest session of the desk confirm again who it is."""
    newest = "(SELECT id FROM desk_session ORDER BY created_at DESC LIMIT 1)"
    with running.session() as session:
        session.execute(text(f"UPDATE desk_session SET confirmed_at = NULL WHERE id = {newest}"))
        session.commit()


def shoot(page, name, **options):
    """Take the picture, if `make screenshots` asks for it."""
    if EVERY_LOOK:
        screenshot(page, name, **options)


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_every_page_is_accessible_and_fits_its_width(
    new_context, running, filled, features, demo_pages, lang, scheme, width
):
    context = new_context(
        locale={"ru": "ru-RU", "en": "en-GB"}[lang], color_scheme=scheme,
        viewport={"width": width, "height": SIZES[width]}, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    # Every page in every look takes its time: those of features are checked once each, in one of the looks.
    turn = LOOKS.index((lang, scheme, width))
    shared = [item for at, item in enumerate(features.items()) if EVERY_LOOK or at % len(LOOKS) == turn]
    watch_shifts(page)
    wrong = {}
    for path, name in [*filled.items(), *shared, *demo_pages.items()]:
        if name == "queue":
            sign_in(page, running)
        if name == "confirm":
            forget_confirmation(running)
        page.goto(running.url + path)
        shoot(page, f"{name}-{lang}-{scheme}-{width}", full_page=name != "api")
        if name == "api":  # Swagger UI renders it
            page.locator("#operations-reports-create_report").wait_for()
        if name == "demo-queue":
            page.locator(".pane-more").first.wait_for()
        if found := violations(page, without="#reference" if name == "api" else None):
            wrong[name] = found
        if moved := shifts(page):
            wrong[name + " moves"] = moved
        if cut := cut_texts(page):
            wrong[name + " is cut"] = cut
        if not no_scrollbar(page):
            wrong[name + " width"] = page.evaluate("document.documentElement.scrollWidth")
    assert wrong == {}


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_the_widget_on_a_page(new_context, running, lang, scheme, width):
    context = new_context(color_scheme=scheme, viewport={"width": width, "height": SIZES[width]})
    page = context.new_page()
    page.goto(f"{running.url}/demo/{lang}")
    select(page, {"ru": "расказал", "en": "untill"}[lang])
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    shoot(page, f"dialog-{lang}-{scheme}-{width}")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text(re.compile("Thank you|Спасибо"))
    shoot(page, f"thanks-{lang}-{scheme}-{width}")
    assert violations(page) == []
    dialog.get_by_role("button", name=re.compile("Your reports|Ваши сообщения")).click()
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    shoot(page, f"your-reports-{lang}-{scheme}-{width}")
    assert violations(page) == []
    assert no_scrollbar(page)
