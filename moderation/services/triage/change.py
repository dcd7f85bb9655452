"""The change of a page: reports that arrived, and the cases that they touch."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.models import Case, Report, Selection, Site
from moderation.services.events import Fact
from moderation.services.triage.assess import Assessor
from moderation.services.triage.page_cases import PageCases


@dataclass(slots=True)
class Change:
    """The changes on one page: arrived reports, each with its selection."""

    on_page: PageCases
    assessor: Assessor
    arrived: list[tuple[Report, Selection]] = field(default_factory=list)
    spam: list[Case] = field(default_factory=list)

    def by_case(self) -> dict[UUID, list[Report]]:
        """The reports that arrived, by case."""
        by_case: dict[UUID, list[Report]] = {}
        for report, selection in self.arrived:
            by_case.setdefault(self.on_page.case_id_of(selection), []).append(report)
        return by_case


def change_of(session: Session, on_page: PageCases, now: datetime) -> Change:
    """A change of a page without new reports."""
    site = session.get_one(Site, on_page.page.site_id)
    return Change(on_page, Assessor.load(session, site, [], now))


def facts_of(change: Change) -> list[Fact]:
    """The events of what arrived: the cases that were opened, then the reports."""
    by_case = change.by_case()
    first = {case_id: reports[0].id for case_id, reports in by_case.items()}
    opened = [Fact("case.opened", case_id, case_id, first.get(case_id)) for case_id in change.on_page.opened]
    received = [
        Fact("report.received", report.id, case_id)
        for case_id, reports in by_case.items()
        for report in reports
    ]
    return opened + received
