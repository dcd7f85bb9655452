"""An editor who decides, undoes, merges and splits over the API, and remembers every answer."""

import random
from dataclasses import dataclass, field
from typing import Any

from tests.faults.drive.client import BUSY, NO_ANSWER, Client

ACTIONS = {"open": ("accept", "reject", "spam", "fix"), "accepted": ("fix", "reopen")}


@dataclass(slots=True)
class DrivenEditor:
    """One editor of all sites."""

    client: Client
    picked: random.Random
    noted: dict[str, str] = field(default_factory=dict)
    """The note of each decision that was answered with 200, and the case that it is about."""
    regrouped: set[str] = field(default_factory=set)
    """Reports of the cases that the editor merged or split."""
    unexpected: list[str] = field(default_factory=list)
    """Answers that no editor should get."""

    def work(self) -> None:
        """Decide about a fifth of the cases, undo some, merge two and split one."""
        for status in ("open", "accepted", "rejected", "fixed", "spam"):
            found = self.client.call(f"cases?status={status}&limit=200&sort=newest")[1]
            cases = found["items"] if found else []
            chosen = [case for case in cases if self.picked.random() < 0.12]
            if status == "open":
                self._merge(cases)
                self._split(cases)
                self._decide_many(chosen[::3])
                chosen = [case for case in chosen if case not in chosen[::3]]
            for case in chosen:
                action = self.picked.choice(ACTIONS.get(status, ("reopen",)))
                self._decide(case, action)

    def _decide(self, case: Any, action: str) -> None:
        note = f"decision {self.picked.randrange(10**12)}"
        body = {"action": action, "version": case["version"], "note": note}
        status, answer = self.client.call(f"cases/{case['id']}/decisions", body)
        # Nobody can reopen a case that lost its reports to another one, perhaps since it was listed.
        lost = status == 422 and not self._reports(case)
        self._keep(status, answer, note, case["id"], also=(422,) if lost else ())

    def _decide_many(self, cases: list[Any]) -> None:
        decisions = [
            {
                "case_id": case["id"], "action": "reject", "version": case["version"],
                "note": f"decision {self.picked.randrange(10**12)}",
            }
            for case in cases
        ]  # fmt: skip
        if not decisions:
            return
        status, answer = self.client.call("decisions", {"decisions": decisions})
        if status == 200:
            for wanted, result in zip(decisions, answer["results"], strict=True):
                # Of many decisions one can find the service busy, which it answers for itself.
                self._keep(result["status"], result, wanted["note"], wanted["case_id"], also=(BUSY,))
        else:
            self._keep(status, answer, "", "")

    def _merge(self, cases: list[Any]) -> None:
        by_page: dict[str, list[Any]] = {}
        for case in cases:
            by_page.setdefault(case["page"]["id"], []).append(case)
        several = [beside for beside in by_page.values() if len(beside) > 1]
        for beside in self.picked.sample(several, min(2, len(several))):
            case, into = self.picked.sample(beside, 2)
            reports = self._reports(case) | self._reports(into)
            status, answer = self.client.call(f"cases/{case['id']}/merge", {"into": into["id"]})
            self.regrouped |= reports
            self._keep(status, answer, "", "", also=(422,))

    def _split(self, cases: list[Any]) -> None:
        several = [case for case in cases if case["report_count"] > 1]
        for case in self.picked.sample(several, min(2, len(several))):
            reports = self._reports(case)
            body = {"report_ids": sorted(reports)[: len(reports) // 2]}
            if body["report_ids"]:
                status, answer = self.client.call(f"cases/{case['id']}/split", body)
                self.regrouped |= reports
                self._keep(status, answer, "", "", also=(422,))

    def _reports(self, case: Any) -> set[str]:
        status, answer = self.client.call(f"cases/{case['id']}/reports?limit=200")
        return {report["id"] for report in answer["items"]} if status == 200 else set()

    def _keep(self, status: int, answer: Any, note: str, case_id: str, also: tuple[int, ...] = ()) -> None:
        """Remember a decision; note what is neither done nor a conflict with somebody else."""
        if status == 200 and note:
            self.noted[note] = case_id
        elif status not in (200, 404, 409, NO_ANSWER, *also):
            self.unexpected.append(f"{status}: {str(answer)[:300]}")
