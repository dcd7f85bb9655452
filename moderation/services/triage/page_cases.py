"""A page's selections and cases: loaded together, changed in memory, stored in one order.

Everything that changes the selections of a page works on this, under the page's lock: triage, withdrawals,
merging and splitting, rechecks.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from moderation.domain.anchoring.find import PageText
from moderation.domain.cases.lifecycle import Cause, Status
from moderation.domain.cases.plan import CaseFacts
from moderation.domain.text.fragments import PAGE_TEXT
from moderation.models import Case, Page, Revision, Selection
from moderation.services.triage.locate import Location, locate


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a case that is not loaded as a whole."""

    status: Status
    report_count: int
    last_reported_at: datetime
    has_history: bool


@dataclass(frozen=True, slots=True)
class Near:
    """Conditions for stored selections: they must be near to one of these."""

    ids: Collection[UUID] = ()
    """Selections that must be among them."""
    quotes: Collection[tuple[str, str]] = ()
    """Passages with corrections."""
    spans: Collection[tuple[int, int]] = ()


@dataclass(slots=True)
class PageCases:
    """The selections of a page that are compared, where they stand, and the cases that they are in."""

    page: Page
    revision: Revision | None = None
    text: PageText | None = None
    selections: list[Selection] = field(default_factory=list)
    facts: dict[UUID, Facts] = field(default_factory=dict)
    """By case. The rows are locked until the transaction ends."""
    partial: set[UUID] = field(default_factory=set)
    """Cases that have reports in selections which are not compared."""
    cases: dict[UUID, Case] = field(default_factory=dict)
    """The cases that are changed; `load_cases` loads them."""
    decided: set[UUID] = field(default_factory=set)
    """Of a page that was loaded whole: the cases that had a decision by then."""
    locations: dict[UUID, Location] = field(default_factory=dict)
    new: set[UUID] = field(default_factory=set)
    """Selections that are not stored yet."""
    opened: dict[UUID, Case] = field(default_factory=dict)
    """Cases that are not stored yet."""
    assigned: dict[UUID, UUID] = field(default_factory=dict)
    """Selections that are new or move, with the case that they go to."""
    emptied: dict[UUID, Cause] = field(default_factory=dict)
    """Open cases that lose their last report, and why."""
    recounted: set[UUID] = field(default_factory=set)
    """Stored cases that are counted anew from their reports, because reports left or joined them."""
    touched: set[UUID] = field(default_factory=set)
    """Cases that changed, and are brought up to date before they are stored."""

    def fill_facts(self, facts: Mapping[UUID, Facts]) -> None:
        """Keep the selections whose cases still exist: retention deletes some without the page's lock."""
        self.selections = [one for one in self.selections if one.case_id in facts]
        self.facts = {one.case_id: facts[one.case_id] for one in self.selections}
        seen = Counter[UUID]()
        for one in self.selections:
            seen[one.case_id] += one.report_count
        self.partial = {case_id for case_id in seen if facts[case_id].report_count > seen[case_id]}

    def fill_facts_of_cases(self) -> None:
        """Take the facts from the cases. All of the page are loaded."""
        self.fill_facts({case_id: self._facts_of(case) for case_id, case in self.cases.items()})

    def _facts_of(self, case: Case) -> Facts:
        has_history = case.id in self.decided or case.status != "open" or case.is_a_persons
        return Facts(case.status, case.report_count, case.last_reported_at, has_history)

    def locate(self) -> None:
        """Find where all the selections stand."""
        self.locations = locate(self.selections, self.revision, self.text)

    def case_id_of(self, selection: Selection) -> UUID:
        """The case that the selection belongs to now. Its row says so only after the case is stored."""
        return self.assigned.get(selection.id, selection.case_id)

    def of_case(self, case_id: UUID) -> list[Selection]:
        """The case's selections."""
        return [selection for selection in self.selections if self.case_id_of(selection) == case_id]

    def standing(self, case_id: UUID) -> Selection | None:
        """The case's narrowest selection, if the page text holds it."""
        narrowest = min(
            self.of_case(case_id), key=lambda one: (len(one.exact), -one.report_count, one.id), default=None
        )
        if narrowest is None or self.locations[narrowest.id].span.text != PAGE_TEXT:
            return None
        return narrowest

    def facts_for_plan(self) -> dict[UUID, CaseFacts]:
        """The facts of the cases, as the plan needs them."""
        return {
            case_id: CaseFacts(facts.status == "open", facts.has_history, case_id in self.partial)
            for case_id, facts in self.facts.items()
        }

    def recent_reports(self, since: datetime) -> int:
        """Count the reports of all cases that were reported since then."""
        recent = 0
        for case_id in self.facts.keys() | self.cases.keys():
            known = self.cases.get(case_id) or self.facts[case_id]
            recent += known.report_count if known.last_reported_at > since else 0
        return recent
