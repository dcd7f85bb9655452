"""The closed loop on the real stack and the real WordPress: from a report to "fixed", by HTTP and a key."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.support.browsing import sign_in
from tests.support.running import Running, call, eventually


@pytest.fixture(scope="module")
def running(workspace, wordpress):
    """The stack, which may reach the WordPress of the test."""
    stack = Running(
        workspace / "loop",
        "--no-demo",
        CORRIGENDA_READER_LIMIT="",
        CORRIGENDA_SITE_LIMIT="",
        CORRIGENDA_SITE_CACHE_SECONDS="0",
        CORRIGENDA_PRIVATE_HOSTS=wordpress.host,
    )
    yield stack.await_ready()
    stack.stop()


@pytest.fixture(scope="module")
def site(running, wordpress):
    """A site whose pages WordPress serves."""
    return running.cli("site", "add", "WordPress", "--origin", wordpress.url, "--json")


def report(running, site, url, exact, correction):
    """Report a typo, as a site's own back end does; returns the receipt's token."""
    body = {"url": url, "quote": {"exact": exact, "prefix": "Река, "}, "correction": correction}
    status, answer = call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site["site_key"]})
    assert status == 202, answer
    return answer["receipt"]["token"]


def connect(desk, running, site, wordpress):
    """Connect the CMS at the desk."""
    desk.goto(f"{running.url}/desk/sites/{site['id']}/cms?kind=wordpress")
    desk.locator("[name=address]").fill(wordpress.url)
    desk.locator("[name=user]").fill("anna")
    desk.locator("[name=secret]").fill(wordpress.password)
    desk.locator("main form .btn-accept").click()
    expect(desk.get_by_text("WordPress: Городские новости")).to_be_visible()


def test_from_the_key_to_fixed(page, running, site, wordpress):
    post = wordpress.post(
        "<!-- wp:paragraph -->\n<p>Река, котрая течёт через город.</p>\n<!-- /wp:paragraph -->"
    )
    token = report(running, site, post["link"], "котрая", "которая")
    sign_in(page, running)
    connect(page, running, site, wordpress)

    def arrived():
        page.goto(f"{running.url}/desk/queue")
        return page.locator(".cases > li", has_text="котрая").count()

    eventually(arrived)
    page.locator(".cases > li", has_text="котрая").focus()
    began = time.monotonic()
    page.keyboard.press("Shift+A")

    def fixed():
        return call(f"{running.url}/api/v1/receipts/{token}")[1]["status"] == "fixed"

    eventually(fixed, 90)
    print(f"\nfigure key_to_fixed_seconds {time.monotonic() - began:.1f} target <=15")
    assert "<p>Река, которая течёт через город.</p>" in wordpress.raw(post)
    assert len(wordpress.revisions(post)) == 1
    assert "которая" in wordpress.page(post["link"])
    page.goto(f"{running.url}/desk/queue?status=fixed")
    page.locator(".cases > li [data-open]").first.click()
    expect(page.get_by_text(re.compile("Applied in the CMS|Внесено в CMS"))).to_be_visible()
