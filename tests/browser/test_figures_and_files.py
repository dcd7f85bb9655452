"""What leaves the desk: figures, charts, files."""

from playwright.sync_api import expect

from moderation.broker import TALLY
from tests.support.queue import Queue
from tests.support.running import eventually


def test_insight_shows_what_came(running, desk):
    queue = Queue(running, 2)
    desk.goto(f"{running.url}/desk/insight?site={queue.site['id']}&days=7")

    def counted():
        desk.reload()
        return desk.locator(".figures dd").first.inner_text() == "2"

    running.ask_worker(TALLY)
    eventually(counted)
    expect(desk.get_by_role("cell", name="queue.example/1")).to_be_visible()
    loaded = "[...document.querySelectorAll('.chart')].filter(image => image.naturalWidth).length"
    # Reports and readers, each light and dark. Nothing is decided yet.
    eventually(lambda: desk.evaluate(loaded) == 4)


def test_cases_as_a_file(running, desk):
    queue = Queue(running, 2)
    desk.goto(queue.url)
    with desk.expect_download() as started:
        desk.get_by_role("link", name="csv").click()
    text = started.value.path().read_text("utf-8-sig")
    assert text.count("расказал") == 2 and text.startswith("id,site,status")
