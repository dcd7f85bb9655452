"""One drive: send reports in waves while pages and cases change, stop and start the instance, count."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from tests.faults.drive import figures
from tests.faults.drive.client import Client
from tests.faults.drive.editor import DrivenEditor
from tests.faults.drive.instance import Instance, count, is_none, stored_report
from tests.faults.drive.pages import DrivenPage, make_pages
from tests.faults.drive.selections import draft
from tests.support.running import Running, eventually
from tests.support.web import serve

WAVES = 8
EDITS = ("mend", "double", "drop", "swap", "change beside", "restore", "gone", "back")


@dataclass(slots=True)
class Drive:
    """What the readers and editors of an instance do, and what they were answered."""

    instance: Instance
    picked: random.Random
    pages: list[DrivenPage]
    accepted: dict[str, str] = field(default_factory=dict)
    """The receipt's token of each report that was answered with 202."""
    key_of: dict[str, tuple[str, int]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What the figures found, in words."""

    def send(self, client: Client, page: DrivenPage, number: int) -> None:
        """Send one report; a few come twice, as from a browser that tries again."""
        drafted = draft(page, random.Random(number))
        if drafted is None:
            return
        headers = {"X-Site-Key": self.instance.keys[page.web.url], "Idempotency-Key": f"drive-{number}"}
        for _ in range(2 if number % 10 == 0 else 1):
            status, answer = client.call("reports", drafted.body, headers)
            if status == 202:
                self.accepted[answer["id"]] = answer["receipt"]["token"]
                if drafted.key is not None:
                    self.key_of[answer["id"]] = (drafted.page, drafted.key)
            elif status and status < 500:
                self.refused.append(f"{status} {answer} {drafted.body}")

    def wave(self, client: Client, editor: DrivenEditor) -> None:
        """Send two reports of each article, while editors decide, readers withdraw and pages change."""
        beside = [Thread(target=editor.work), Thread(target=self.edit, args=(client,))]
        for thread in beside:
            thread.start()
        numbers = [self.picked.randrange(10**12) for _ in range(2 * len(self.pages))]
        with ThreadPoolExecutor(6) as readers:
            for number, page in zip(numbers, self.pages * 2, strict=True):
                readers.submit(self.send, client, page, number)
        for thread in beside:
            thread.join()
        self.withdraw(client)

    def withdraw(self, client: Client) -> None:
        """A few readers take their reports back."""
        left = sorted(self.accepted.keys() - self.withdrawn)
        for report_id in self.picked.sample(left, len(left) // 40):
            if client.post_form(f"/r/{self.accepted[report_id]}/withdraw") == 200:
                self.withdrawn.add(report_id)

    def edit(self, client: Client) -> None:
        """Edit a third of the pages, and have them read again."""
        picked = random.Random(len(self.accepted))
        for page in picked.sample(self.pages, len(self.pages) // 3):
            page.edit(picked.choice(EDITS), picked)
            client.call("pages/recheck", {"url": page.url})

    def settle(self, running: Running) -> None:
        """Wait until all work is done that is due."""
        waiting = "outbox_message WHERE done_at IS NULL AND set_aside_at IS NULL"
        for query in (waiting, "page WHERE check_at <= now()", waiting):
            eventually(partial(is_none, running, query), 240)

    def figures(self, running: Running, client: Client, editor: DrivenEditor) -> dict[str, Any]:
        """Count from outside what must be 0."""
        cases, reports_of, recounts = figures.lists(client)
        mixed = figures.mixed_cases(reports_of, self.key_of, editor.regrouped)
        for case_id, keys in mixed.items():
            self.wrong.append(figures.describe(client, case_id, f"two mistakes {sorted(keys)}"))
        doubled = {key for page in self.pages for key in page.doubled}
        divided = figures.divided_mistakes(cases, reports_of, self.key_of, editor.regrouped, doubled)
        for key, several in divided.items():
            self.wrong += [figures.describe(client, case_id, f"mistake {key}") for case_id in several]
        lost = figures.in_no_case(reports_of, self.accepted, self.withdrawn)
        self.wrong += [f"{report} in no case: {stored_report(running, report)}" for report in lost]
        return {
            "recounts": recounts,
            **figures.count_reports(reports_of, self.accepted, self.withdrawn),
            **figures.count_cases(cases, reports_of),
            "two_mistakes_in_a_case": len(mixed),
            "open_cases_of_one_mistake": len(divided),
            **figures.count_decisions(client, editor.noted),
            **figures.count_receipts(client, self.accepted, cases, reports_of, self.withdrawn),
            "messages_put_off": count(running, "outbox_message WHERE attempts > 0"),
            "server_errors": len(client.failures),
            "refused": len(self.refused),
            "unexpected_answers": len(editor.unexpected),
        }


def drive(directory: Path, seed: int, articles: int) -> tuple[dict[str, Any], list[str]]:
    """Drive an instance, stop and start it half way. Returns the figures, and what went wrong in words."""
    picked = random.Random(seed)
    with ExitStack() as stack:
        webs = [stack.enter_context(serve()) for _ in range(2)]
        instance = Instance(directory, webs)
        driven = Drive(instance, picked, make_pages(webs, picked, articles))
        with instance.running() as (_, client):
            editor = DrivenEditor(client, random.Random(seed))
            for _ in range(WAVES // 2):
                driven.wave(client, editor)
            # SIGTERM comes while much is left to do.
        first = client
        with instance.running() as (running, client):
            client.failures += first.failures
            editor.client = client
            for number in range(WAVES // 2):
                driven.wave(client, editor)
                if number % 2:  # else the next reports arrive while the pages are read
                    driven.settle(running)
            driven.settle(running)
            found = driven.figures(running, client, editor)
        found["seconds_to_stop"] = round(instance.seconds_to_stop, 1)
        return found, [*driven.wrong, *client.failures, *driven.refused, *editor.unexpected]
