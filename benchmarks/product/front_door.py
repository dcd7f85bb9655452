"""A running instance with a news site in front of it: readers report, an editor accepts, pages are read."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from benchmarks.product.pages import Mistake, MistakenPage
from benchmarks.product.readers import selections
from tests.support.running import Running, call, eventually
from tests.support.web import Web

_CONTEXT = 64
_WAIT_SECONDS = 600
Key = tuple[str, int]
"""A mistake: its page's path, and its number on the page."""


@dataclass(slots=True)
class FrontDoor:
    """One site of a running instance. `reports` holds the ids of each mistake's accepted reports."""

    running: Running
    web: Web
    key: str = ""
    token: str = ""
    reports: dict[Key, list[str]] = field(default_factory=dict)

    def open(self) -> None:
        """Add the site and a token of its editor."""
        running, editor = self.running, "editor@news.example"
        added = running.cli("site", "add", "Bench", "--origin", self.web.url, "--json")
        running.cli("site", "set", "Bench", "--fetch-pause", "0.1", "--json")
        running.cli(
            "editor", "add", editor, "--role", "editor", "--site", "Bench", "--password-stdin", "--json",
            stdin="a long enough password\n",
        )  # fmt: skip
        token = running.cli("token", "add", "--editor", editor, "--name", "bench", "--json")
        self.key, self.token = added["site_key"], token["token"]

    def publish(self, pages: Sequence[MistakenPage], *, mended: bool) -> None:
        """Serve the pages."""
        for page in pages:
            self.web.pages[page.path] = page.published(mended=mended)

    def report(self, pages: Sequence[MistakenPage]) -> None:
        """Let five readers report each mistake, and wait until all is placed and all pages are read."""
        wanted = [
            ((page.path, number), self._body(page, start, end))
            for page in pages
            for number, mistake in enumerate(page.mistakes)
            for start, end in selections(page.text, mistake)
        ]
        with ThreadPoolExecutor(4) as readers:
            answers = list(readers.map(self._send, [body for _, body in wanted]))
        for (key, _), report_id in zip(wanted, answers, strict=True):
            self.reports.setdefault(key, []).append(report_id)
        self._settle()

    def case_ids(self) -> dict[Key, str]:
        """Return the case of each mistake: the case that most of its reports are in."""
        with self.running.session() as session:
            rows = session.execute(text("SELECT report_id, case_id FROM placement"))
            placed = {str(report_id): str(case_id) for report_id, case_id in rows}
        return {
            key: Counter(placed[report_id] for report_id in report_ids).most_common(1)[0][0]
            for key, report_ids in self.reports.items()
        }

    def cases(self) -> dict[str, Any]:
        """Return all cases by id, as the API shows them."""
        cases: dict[str, Any] = {}
        cursor = ""
        while True:
            answer = self._api(f"cases?limit=200{cursor}")
            cases |= {case["id"]: case for case in answer["items"]}
            if not answer["next"]:
                return cases
            cursor = f"&cursor={answer['next']}"

    def accept(self) -> None:
        """Accept all open cases as they are."""
        steps = [
            {"case_id": case["id"], "action": "accept", "version": case["version"]}
            for case in self.cases().values()
            if case["status"] == "open"
        ]
        for at in range(0, len(steps), 200):
            self._api("decisions", {"decisions": steps[at : at + 200]})

    def read_again(self, pages: Sequence[MistakenPage]) -> None:
        """Have all pages read again."""
        for page in pages:
            self._api("pages/recheck", {"url": self.web.url + page.path})
        self._settle()

    def _body(self, page: MistakenPage, start: int, end: int) -> dict[str, Any]:
        before, after = page.text[max(0, start - _CONTEXT) : start], page.text[end : end + _CONTEXT]
        return {
            "url": self.web.url + page.path,
            "quote": {"exact": page.text[start:end], "prefix": before, "suffix": after},
            "position": {"start": start, "end": end},
            "lang": page.lang,
        }

    def _send(self, body: dict[str, Any]) -> str:
        status, answer = call(f"{self.running.url}/api/v1/reports", body, {"X-Site-Key": self.key})
        assert status == 202, answer
        return str(answer["id"])

    def _api(self, path: str, body: Any = None) -> Any:
        status, answer = call(
            f"{self.running.url}/api/v1/{path}", body, {"Authorization": f"Bearer {self.token}"}
        )
        assert status < 300, answer
        return answer

    def _settle(self) -> None:
        eventually(lambda: self._left() == 0, _WAIT_SECONDS)

    def _left(self) -> int:
        with self.running.session() as session:
            return int(
                session.scalar(
                    text(
                        "SELECT (SELECT count(*) FROM outbox_message WHERE done_at IS NULL AND attempts = 0)"
                        " + (SELECT count(*) FROM page WHERE check_at <= now() OR fetched_at IS NULL)"
                    )
                )
                or 0
            )


def replaced(page: MistakenPage, mistake: Mistake, case: Any, suggestion: str) -> bool:
    """Return whether the suggestion turns the case's passage into the mended text."""
    start, end = case["passage"]["start"], case["passage"]["end"]
    if start is None or page.text[start:end] != case["passage"]["exact"]:
        return False
    mended = page.text[: mistake.start] + mistake.right + page.text[mistake.end :]
    return page.text[:start] + suggestion + page.text[end:] == mended
