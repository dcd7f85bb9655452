"""Drive a running instance over HTTP with random readers, edited pages and decisions: `make drive`.

Prints how many accepted reports are in no case, in two cases, and how many messages were put off.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.support.mistaken_article import KINDS, Article, Edition, make_article
from tests.support.running import Running, call, eventually
from tests.support.web import Web, serve

WAVES = 7
CORRECTIONS = ("none", "none", "right", "all", "wrong")


@dataclass(slots=True)
class Drive:
    """One site with its articles, readers and an editor; `running` is the instance under test."""

    running: Running
    web: Web
    picked: random.Random
    articles: list[Article]
    accepted: set[str] = field(default_factory=set)
    site: dict[str, Any] = field(default_factory=dict)
    token: str = ""

    def begin(self) -> None:
        """Make the site and a token of its editor."""
        self.site = self.running.cli("site", "add", "Drive", "--origin", self.web.url, "--json")
        editor = "drive@news.example"
        self.running.cli(
            "editor", "add", editor, "--role", "editor", "--site", "Drive", "--password-stdin", "--json",
            stdin="a long enough password\n",
        )  # fmt: skip
        self.token = self.running.cli("token", "add", "--editor", editor, "--name", "drive", "--json")[
            "token"
        ]
        self.running.cli("site", "set", "Drive", "--fetch-pause", "0.1", "--json")
        for number in range(len(self.articles)):
            self.publish(number)

    def publish(self, number: int) -> None:
        """Serve the article as it is now."""
        self.web.pages[f"/{number}"] = self.articles[number].edition().html()

    def wave(self) -> None:
        """Send two reports of each article at once, and wait until they are placed."""
        bodies = [self.body(number) for number in range(len(self.articles)) for _ in range(2)]
        with ThreadPoolExecutor(6) as readers:
            answers = list(readers.map(self.send, [body for body in bodies if body]))
        self.accepted |= {answer["id"] for status, answer in answers if status == 202}
        refused = [answer for status, answer in answers if status != 202]
        assert not refused, refused[0]
        self.settle("outbox_message WHERE done_at IS NULL AND attempts = 0")

    def settle(self, waiting: str) -> None:
        """Wait until nothing of this is left."""
        eventually(lambda: self.number(f"SELECT count(*) FROM {waiting}") == 0, 300)

    def read_pages(self) -> None:
        """Wait until all pages that are due are read."""
        self.settle("page WHERE check_at <= now()")

    def body(self, number: int) -> dict[str, Any] | None:
        """What one reader of an article sends: a selection of any width, right, wrong or no correction."""
        edition = self.articles[number].edition()
        if not edition.mistakes:
            return None
        at = self.picked.randrange(len(edition.mistakes))
        start, end = edition.select(at, self.picked.choice(KINDS))
        before, after = self.picked.choice(((32, 32), (64, 64), (200, 200), (64, 0)))
        exact = edition.text[start:end]
        body: dict[str, Any] = {
            "url": f"{self.web.url}/{number}",
            "quote": {
                "exact": exact, "prefix": edition.text[max(0, start - before) : start],
                "suffix": edition.text[end : end + after],
            },
        }  # fmt: skip
        correction = self.correction(edition, at, start, end)
        if correction and correction != exact:
            body["correction"] = correction
        if self.picked.random() < 0.7:
            body["position"] = {"start": start, "end": end}
        return body

    def correction(self, edition: Edition, at: int, start: int, end: int) -> str | None:
        """The reader's correction."""
        kind = self.picked.choice(CORRECTIONS)
        if kind == "wrong":
            return edition.text[start:end].replace(edition.mistakes[at][2].wrong, "иначе")
        return None if kind == "none" else edition.corrected(start, end, at if kind == "right" else None)

    def send(self, body: dict[str, Any]) -> tuple[int, Any]:
        """Post one report."""
        return call(f"{self.running.url}/api/v1/reports", body, {"X-Site-Key": self.site["site_key"]})

    def edit(self) -> None:
        """Edit a third of the pages, and have them read again."""
        for number in self.picked.sample(range(len(self.articles)), len(self.articles) // 3):
            article, edition = self.articles[number], self.articles[number].edition()
            what = self.picked.choice(("mend", "double", "drop", "change beside", "restore"))
            if what == "mend" and edition.mistakes:
                article.mended.add(self.picked.choice(edition.mistakes)[2].key)
            elif what == "double":
                article.order.append(self.picked.choice(article.order))
            elif what == "drop" and len(article.order) > 1:
                article.order.remove(self.picked.choice(article.order))
            elif what == "restore":
                article.mended.clear()
                article.order = list(range(len(article.paragraphs)))
            else:
                sentence = self.picked.choice(self.picked.choice(article.paragraphs))
                plain = [at for at, word in enumerate(sentence) if isinstance(word, str)]
                sentence[self.picked.choice(plain)] = f"правка{self.picked.randrange(1000)}"
            self.publish(number)
            self.api("pages/recheck", {"url": f"{self.web.url}/{number}"})

    def decide(self) -> None:
        """Decide every fifth open case, and reopen a few decided ones."""
        for status, actions in (("open", ("accept", "reject", "spam", "fix")), ("rejected", ("reopen",))):
            _, found = self.api(f"cases?site={self.site['id']}&status={status}&limit=200")
            for case in found["items"]:
                if self.picked.random() < 0.2:
                    action = self.picked.choice(actions)
                    self.api(f"cases/{case['id']}/decisions", {"action": action, "version": case["version"]})

    def api(self, path: str, body: Any = None) -> tuple[int, Any]:
        """Call the API as the editor."""
        return call(f"{self.running.url}/api/v1/{path}", body, {"Authorization": f"Bearer {self.token}"})

    def number(self, query: str) -> int:
        """One number from the instance's database."""
        with self.running.session() as session:
            return int(session.scalar(text(query)) or 0)

    def figures(self) -> dict[str, int]:
        """What must be 0, counted from the outside: from the ids that were answered with 202."""
        with self.running.session() as session:
            rows = session.execute(text('SELECT report_id FROM placement JOIN "case" ON "case".id = case_id'))
            placed = Counter(str(report_id) for (report_id,) in rows)
        return {
            "reports": len(self.accepted),
            "in_no_case": len(self.accepted - placed.keys()),
            "in_two_cases": sum(1 for count in placed.values() if count > 1),
            "messages_put_off": self.number(
                "SELECT count(*) FROM outbox_message WHERE attempts > 0 OR done_at IS NULL"
            ),
            "wrong_counts": self.number(
                'SELECT count(*) FROM "case" WHERE report_count <> '
                '(SELECT count(*) FROM placement WHERE case_id = "case".id)'
            ),
            "open_without_reports": self.number(
                "SELECT count(*) FROM \"case\" WHERE status = 'open' AND report_count = 0"
            ),
        }


def drive(data_dir: Path, seed: int, articles: int) -> dict[str, int]:
    """Start an instance, drive it, stop it; answers the figures."""
    picked = random.Random(seed)
    with serve() as web:
        running = Running(
            data_dir, "--no-demo", CORRIGENDA_PRIVATE_HOSTS=web.host, CORRIGENDA_READER_LIMIT="",
            CORRIGENDA_SITE_LIMIT="",
        )  # fmt: skip
        try:
            running.await_line(r"^ready http://", 240)
            made = [make_article(picked.randrange(10**6), paragraphs=3, sentences=3) for _ in range(articles)]
            driven = Drive(running, web, picked, made)
            driven.begin()
            for number in range(WAVES):
                driven.wave()
                driven.edit()
                driven.decide()
                if number % 2:  # else the next reports arrive while the pages are read
                    driven.read_pages()
            driven.wave()
            driven.read_pages()
            driven.settle("outbox_message WHERE done_at IS NULL AND attempts = 0")
            return driven.figures()
        finally:
            running.stop(seconds=30)


def main() -> None:
    """Drive with each seed, print the figures, and fail when one is not 0."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--articles", type=int, default=60)
    chosen = options.parse_args()
    failed = False
    for seed in chosen.seeds:
        with tempfile.TemporaryDirectory(prefix="corrigenda-drive-") as directory:
            Path(directory).chmod(0o755)
            figures = drive(Path(directory) / "data", seed, chosen.articles)
        print(f"seed {seed}: " + ", ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
        failed |= any(value for name, value in figures.items() if name != "reports")
    sys.exit(failed)


if __name__ == "__main__":
    main()
