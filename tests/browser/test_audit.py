"""The audit log, in a browser whose clock is not that of the service."""

from playwright.sync_api import expect
from sqlalchemy import text

from tests.support.queue import Queue

LATE = text("UPDATE audit_entry SET created_at = '2026-06-13 20:05Z' WHERE site_id = CAST(:id AS uuid)")


def test_the_audit_log_has_the_days_of_the_browsers_clock(running, owners_cookies, new_context):
    queue = Queue(running, 0)
    path = f"{running.url}/desk/sites/{queue.site['id']}/audit"
    utc, far = (
        new_context(storage_state=owners_cookies, locale="ru-RU", timezone_id=zone).new_page()
        for zone in ("UTC", "Pacific/Kiritimati")
    )
    with running.session() as session:
        session.execute(LATE, queue.site)
        session.commit()
    for page, day, clock in ((utc, "13 июня 2026", "20:05"), (far, "14 июня 2026", "10:05")):
        page.goto(path)
        expect(page.locator(".day")).to_have_count(1)
        expect(page.locator(".day")).to_contain_text(day)
        expect(page.locator("time").first).to_have_text(clock)
