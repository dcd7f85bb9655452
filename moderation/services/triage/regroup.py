"""Plan where the selections of a page belong, and move them there in memory."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from moderation.domain.cases import grouping
from moderation.domain.cases.plan import Member, Plan, plan
from moderation.models import Case, Page
from moderation.services.triage.page_cases import PageCases


def plan_page(on_page: PageCases) -> Plan:
    """Plan the cases of the page's selections; nothing is changed."""
    members = [
        Member(
            selection.id,
            grouping.Selection(
                on_page.locations[selection.id].span,
                selection.correction is not None,
                in_contexts=on_page.locations[selection.id].in_contexts,
            ),
            None if selection.id in on_page.new else selection.case_id,
            selection.report_count,
            selection.pinned,
        )
        for selection in on_page.selections
    ]
    return plan(members, on_page.facts_for_plan())


def cases_of_plan(on_page: PageCases, page_plan: Plan) -> set[UUID]:
    """The stored cases that the plan changes, or that new selections go to."""
    by_id = {selection.id: selection for selection in on_page.selections}
    left = {by_id[one].case_id for one in page_plan.move if one not in on_page.new}
    left |= {by_id[one].case_id for group in page_plan.open for one in group if one not in on_page.new}
    return left | set(page_plan.move.values()) | set(page_plan.empty)


def apply(on_page: PageCases, page_plan: Plan, now: datetime) -> None:
    """Open cases, and let the selections name the cases that the plan gives them."""
    targets = dict(page_plan.move)
    for group in page_plan.open:
        case = new_case(on_page.page, now)
        on_page.opened[case.id] = on_page.cases[case.id] = case
        targets |= dict.fromkeys(group, case.id)
    on_page.assigned = targets
    on_page.touched |= set(targets.values())
    for selection in on_page.selections:
        if selection.id in targets and selection.id not in on_page.new:
            on_page.recounted |= {selection.case_id, targets[selection.id]}
    on_page.touched |= on_page.recounted
    for case_id in page_plan.empty:
        on_page.emptied.setdefault(case_id, "emptied")


def new_case(page: Page, now: datetime) -> Case:
    """A case without reports yet. Its selections and reports say the rest before it is stored."""
    return Case(
        id=uuid7(),
        site_id=page.site_id,
        page_id=page.id,
        page=page,
        status="open",
        version=0,
        state="unchecked",
        exact="",
        prefix="",
        suffix="",
        report_count=0,
        reader_count=0,
        spam_score=0.0,
        spam_reasons=[],
        priority=0.0,
        priority_reasons=[],
        search_text="",
        first_reported_at=now,
        last_reported_at=now,
        suggestions=[],
    )
