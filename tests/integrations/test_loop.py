"""The closed loop on the real stack: from a report to "fixed", by HTTP and a key, in WordPress and in Git."""

import time

import pytest
from playwright.sync_api import expect

from tests.support.browsing import no_scrollbar, screenshot, sign_in, violations
from tests.support.git_site import TOKEN, GitSite, serve_git
from tests.support.running import Running, call, eventually

WIDE = {"width": 1280, "height": 800}
MARKDOWN = '---\ntitle: "Мосты"\n---\n\nМост, **пострееный** через реку, открыт.\n'


@pytest.fixture(scope="module")
def git_site(workspace):
    """A site in Git."""
    with serve_git(GitSite(workspace / "git")) as site:
        site.publish_with_hook()
        site.commit("content/mosty.md", MARKDOWN)
        yield site


@pytest.fixture(scope="module")
def running(workspace, wordpress, git_site):
    """The stack, which may reach the sites of the test."""
    stack = Running(
        workspace / "loop",
        "--no-demo",
        CORRIGENDA_READER_LIMIT="",
        CORRIGENDA_SITE_LIMIT="",
        CORRIGENDA_SITE_CACHE_SECONDS="0",
        CORRIGENDA_PRIVATE_HOSTS=f"{wordpress.host},{git_site.url.removeprefix('http://')}",
    )
    try:
        yield stack.await_ready()
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def news(running):
    """A site without a CMS. The desk begins with the queue only if there is a site."""
    return add_site(running, "News", "https://news.example")


@pytest.fixture
def desk(new_context, running, news):
    """The desk, with the owner signed in."""
    page = new_context(locale="en-GB", viewport=WIDE).new_page()
    sign_in(page, running)
    return page


def check(page, name):
    """Check a page with axe, and save its picture for the documentation."""
    page.set_viewport_size({"width": 860, "height": 800})
    assert violations(page) == []
    assert no_scrollbar(page)
    screenshot(page, f"integration-{name}", clip=page.locator("main").bounding_box(), full_page=True)
    page.set_viewport_size(WIDE)


def add_site(running, name, origin):
    return running.cli("site", "add", name, "--origin", origin, "--json")


def report(running, site, url, exact, prefix, correction):
    """Report a typo, as a site's own back end does; returns the receipt's token."""
    body = {"url": url, "quote": {"exact": exact, "prefix": prefix}, "correction": correction}
    status, answer = call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site["site_key"]})
    assert status == 202, answer
    return answer["receipt"]["token"]


def connect(desk, running, site, kind, answer, **fields):
    """Connect the CMS at the desk."""
    desk.goto(f"{running.url}/desk/sites/{site['id']}/cms?kind={kind}")
    for name, value in fields.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("main form .btn-accept").click()
    expect(desk.locator("[data-toasts]")).to_contain_text(answer)
    check(desk, f"cms-{kind}")


def apply_by_key(desk, running, exact, token):
    """Press the key on the case, and wait for the receipt. Returns the seconds in between."""

    def arrived():
        desk.goto(f"{running.url}/desk/queue")
        return desk.locator(".cases > li", has_text=exact).count()

    def fixed():
        return call(f"{running.url}/api/v1/receipts/{token}")[1]["status"] == "fixed"

    eventually(arrived)
    desk.locator(".cases > li", has_text=exact).focus()
    began = time.monotonic()
    desk.keyboard.press("Shift+A")
    eventually(fixed, 90)
    return time.monotonic() - began


def shows_what_was_applied(desk, running, site):
    desk.goto(f"{running.url}/desk/queue?status=fixed&site={site['id']}")
    desk.locator(".cases > li [data-open]").first.click()
    expect(desk.get_by_text("Applied in the CMS")).to_be_visible()
    check(desk, "applied")


def test_from_the_key_to_fixed_in_wordpress(desk, running, wordpress):
    post = wordpress.post(
        "<!-- wp:paragraph -->\n<p>Река, котрая течёт через город.</p>\n<!-- /wp:paragraph -->"
    )
    site = add_site(running, "WordPress", wordpress.url)
    token = report(running, site, post["link"], "котрая", "Река, ", "которая")
    connect(
        desk, running, site, "wordpress", "WordPress: Городские новости",
        address=wordpress.url, user="anna", secret=wordpress.password,
    )  # fmt: skip
    seconds = apply_by_key(desk, running, "котрая", token)
    print(f"\nfigure key_to_fixed_seconds_wordpress {seconds:.1f} target <=15")
    assert "<p>Река, которая течёт через город.</p>" in wordpress.raw(post)
    assert len(wordpress.revisions(post)) == 1
    assert "которая" in wordpress.page(post["link"])
    shows_what_was_applied(desk, running, site)


def test_from_the_key_to_fixed_in_git(desk, running, git_site):
    site = add_site(running, "Git", git_site.url)
    token = report(running, site, f"{git_site.url}/blog/mosty/", "пострееный", "Мост, ", "построенный")
    connect(
        desk, running, site, "git", "Git: main at", repository=git_site.repository,
        rule="/blog/{slug}/ → content/{slug}.md", branch="main", secret=TOKEN,
    )  # fmt: skip
    seconds = apply_by_key(desk, running, "пострееный", token)
    print(f"\nfigure key_to_fixed_seconds_git {seconds:.1f} target <=15")
    assert git_site.read("content/mosty.md") == MARKDOWN.replace("пострееный", "построенный")
    corrected, _ = git_site.messages()
    assert "Correct пострееный → построенный" in corrected
    assert "Reported by 1 reader." in corrected
    shows_what_was_applied(desk, running, site)


def test_the_pages_that_connect_others(desk, running, news):
    for kind in ("webhook", "channel"):
        desk.goto(f"{running.url}/desk/sites/{news['id']}/integrations/{kind}s")
        check(desk, kind)
