"""A separate queue for a test: a site, its reports, and its cases in the API."""

from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Page
from sqlalchemy import func, select

from moderation.models import Case
from moderation.services.accounts.editors import editor_by_email
from moderation.services.accounts.tokens import add_token
from moderation.services.sites.add import add_site
from tests.support.browsing import OWNER
from tests.support.running import Running, call, eventually


class Queue:
    """Cases of a new site, one case per page."""

    def __init__(self, running: Running, cases: int, *, kind: str = "spelling") -> None:
        self.running = running
        self.name = f"Queue {uuid4().hex[:8]}"
        with running.session() as session:
            site = add_site(session, self.name, ["https://queue.example"])
            self.site = {"id": str(site.id), "site_key": site.site_key}
            owner = editor_by_email(session, OWNER)
            assert owner is not None
            token = add_token(session, owner, "queue")
        self.headers = {"Authorization": f"Bearer {token}"}
        self.sent = 0
        for _ in range(cases):
            self.send(kind=kind)
        self.await_cases(cases)
        self.url = f"{running.url}/desk/queue?site={self.site['id']}&sort=newest"

    def _number(self) -> int:
        """Count the cases in the database. The API would write each case for every question."""
        with self.running.session() as session:
            counted = select(func.count()).select_from(Case).where(Case.site_id == UUID(self.site["id"]))
            return session.scalar(counted) or 0

    def await_cases(self, number: int) -> None:
        """Wait until so many cases are in the database."""
        eventually(lambda: self._number() == number)

    def send(self, **more: Any) -> None:
        """Send a report of a new page."""
        self.sent += 1
        body = {
            "url": f"https://queue.example/{self.sent}",
            "quote": {
                "exact": "расказал",
                "prefix": f"Случай {self.sent}: он ",
                "suffix": " всем об этом вчера.",
            },
            "correction": "рассказал",
            "title": f"Статья {self.sent}",
        }
        headers = {"X-Site-Key": self.site["site_key"]}
        assert call(f"{self.running.url}/api/v1/reports", body | more, headers)[0] == 202

    def cases(self, status: str = "open") -> list[dict[str, Any]]:
        """Return the cases from the API, newest first."""
        path = f"{self.running.url}/api/v1/cases?site={self.site['id']}&status={status}&limit=200"
        found: list[dict[str, Any]] = call(path, headers=self.headers)[1]["items"]
        return found


def rows(page: Page) -> list[str]:
    """Return the ids of the rows on the page, from the top."""
    found: list[str] = page.locator("[data-case]").evaluate_all("rows => rows.map(row => row.dataset.case)")
    return found


def current(page: Page) -> str | None:
    """Return the id of the current row."""
    found: str | None = page.evaluate("document.querySelector('[data-case][aria-current]')?.dataset.case")
    return found
