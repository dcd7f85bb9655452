"""Readers and editors who keep their own book of every answer, and what the database says about it."""

import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.web import Web

READERS = 6
PAUSE = 0.15
ARTICLES = 12
_WORDS = "город мост река улица рынок театр школа больница вокзал парк завод музей".split()


_WAITING = "SELECT count(*) FROM outbox_message WHERE done_at IS NULL AND topic = 'report.received'"


class Instance(Protocol):
    """What a ledger needs of the instance that it writes about."""

    @property
    def url(self) -> str:
        """Where readers and editors reach it."""

    def cli(self, *arguments: str, stdin: str | None = None) -> Any:
        """Run a `corrigenda` command on it."""

    def session(self) -> AbstractContextManager[Session]:
        """Open a session on its database."""


@dataclass(slots=True)
class Window:
    """The answers of one period."""

    sent: int = 0
    accepted: int = 0
    refused: int = 0
    unanswered: int = 0
    slowest: float = 0.0
    outage: float = 0.0
    """Longest time between two accepted reports, in seconds."""


@dataclass(slots=True)
class Ledger:
    """Sends reports and decisions, and notes every answer. A refused report is sent again with its key."""

    instance: Instance
    site_key: str
    token: str
    origin: str
    readers: int = READERS
    accepted: dict[str, str] = field(default_factory=dict)
    """Report ids by idempotency key."""
    contradictions: list[str] = field(default_factory=list)
    decisions: dict[str, int] = field(default_factory=dict)
    """Confirmed decisions by case."""
    window: Window = field(default_factory=Window)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _last: float = field(default_factory=time.monotonic)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Start readers and an editor."""
        for target in [self._read] * self.readers + [self._edit]:
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End them."""
        self._over.set()
        for thread in self._threads:
            thread.join(30)

    def new_window(self) -> Window:
        """Begin a period. Returns the one before."""
        with self._lock:
            before, self.window = self.window, Window()
            before.outage = max(before.outage, time.monotonic() - self._last)
            self._last = time.monotonic()
        return before

    def await_accepted(self, seconds: float) -> None:
        """Wait until a report is accepted from now on, but not for ever."""
        before, ends = len(self.accepted), time.monotonic() + seconds
        while len(self.accepted) == before and time.monotonic() < ends:
            self._over.wait(0.1)

    def _read(self) -> None:
        waiting: list[tuple[str, dict[str, Any]]] = []
        while not self._over.wait(PAUSE):
            key, body = waiting.pop() if waiting else self._report()
            status, answer = self._call(
                "reports", body, {"X-Site-Key": self.site_key, "Idempotency-Key": key}
            )
            with self._lock:
                self.window.sent += 1
                if status == 202:
                    self._note_accepted(key, answer["id"])
                else:
                    self.window.refused += status != 0
                    self.window.unanswered += status == 0
            if status != 202:
                waiting.append((key, body))

    def _note_accepted(self, key: str, report_id: str) -> None:
        now = time.monotonic()
        self.window.accepted += 1
        self.window.outage = max(self.window.outage, now - self._last)
        self._last = now
        if self.accepted.setdefault(key, report_id) != report_id:
            self.contradictions.append(f"{key} has two reports")

    def _report(self) -> tuple[str, dict[str, Any]]:
        number = next(self._numbers)
        article, word = number % ARTICLES, _WORDS[number // ARTICLES % len(_WORDS)]
        before = f"Статья номер {article} говорит про {word}, и потом там стоит "
        return f"key-{number}", {
            "url": f"{self.origin}/{article}",
            "quote": {"exact": f"ашибка{article}{word}", "prefix": before[-60:], "suffix": " и так далее"},
            "correction": f"ошибка{article}{word}",
            "lang": "ru",
        }

    def _edit(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        while not self._over.wait(PAUSE):
            for status, action in (("open", "accept"), ("accepted", "reopen")):
                code, found = self._call(f"cases?status={status}&limit=3", None, headers)
                for case in found.get("items", ()) if code == 200 else ():
                    body = {"action": action, "version": case["version"]}
                    code, _answer = self._call(f"cases/{case['id']}/decisions", body, headers)
                    if code == 200:
                        self.decisions[case["id"]] = self.decisions.get(case["id"], 0) + 1

    def _call(self, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.instance.url}/api/v1/{path}", data, {"Content-Type": "application/json", **headers}
        )
        start = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                result = answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            result = error.code, {}
            error.close()
        except (OSError, ValueError, HTTPException):
            result = 0, {}  # the server is away, or died while it answered
        with self._lock:
            self.window.slowest = max(self.window.slowest, time.monotonic() - start)
        return result

    def waiting(self) -> int:
        """Return the number of reports that are not placed yet."""
        with self.instance.session() as session:
            return session.scalar(text(_WAITING)) or 0

    def figures(self) -> dict[str, int]:
        """Compare the book with the database. Everything but `accepted` must be 0."""
        with self.instance.session() as session:
            placed = Counter(str(row[0]) for row in session.execute(text("SELECT report_id FROM placement")))
            repeated = session.scalar(
                text(
                    "SELECT count(*) FROM (SELECT 1 FROM report WHERE idempotency_key IS NOT NULL "
                    "GROUP BY idempotency_key HAVING count(*) > 1) AS doubled"
                )
            )
            rows = session.execute(
                text("SELECT case_id, count(*) FROM decision WHERE cause = 'editor' GROUP BY case_id")
            )
            stored = {str(case_id): count for case_id, count in rows}
        ids = set(self.accepted.values())
        missing = sum(max(0, count - stored.get(case, 0)) for case, count in self.decisions.items())
        return {
            "accepted": len(ids),
            "lost": len(ids - placed.keys()),
            "twice": int(repeated or 0) + sum(1 for count in placed.values() if count > 1),
            "decisions_lost": missing,
            "contradictions": len(self.contradictions),
        }


def publish(web: Web) -> None:
    """Serve the articles that readers report about."""
    for number in range(ARTICLES):
        web.pages[f"/{number}"] = f"<article><p>Статья номер {number} без всего.</p></article>"


def add_site(instance: Instance, web: Web, readers: int = READERS) -> Ledger:
    """Add a site and an editor to the instance, and return their ledger."""
    site = instance.cli("site", "add", "Faults", "--origin", web.url, "--json")
    instance.cli("site", "set", "Faults", "--fetch-pause", "0.1", "--json")
    editor = "faults@news.example"
    instance.cli(
        "editor", "add", editor, "--role", "editor", "--site", "Faults", "--password-stdin", "--json",
        stdin="a long enough password\n",
    )  # fmt: skip
    token = instance.cli("token", "add", "--editor", editor, "--name", "faults", "--json")["token"]
    return Ledger(instance, site["site_key"], token, web.url, readers)
