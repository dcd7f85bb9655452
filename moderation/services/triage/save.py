"""Store what changed on pages: the one place that knows in which order."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from moderation.figures import timed_step
from moderation.models import Case, Page, Placement
from moderation.services.cases.pairs import remember_pair
from moderation.services.cases.routing import assign_by_route
from moderation.services.cases.step import Step, apply_step
from moderation.services.events import record
from moderation.services.triage.change import Change, change_of, facts_of
from moderation.services.triage.counts import add_readers, count_arrivals, recount
from moderation.services.triage.load_page import MOST_RECHECKED, load, load_cases
from moderation.services.triage.page_cases import PageCases
from moderation.services.triage.regroup import apply, cases_of_plan, plan_page
from moderation.services.triage.show import show


def regroup_pages(session: Session, pages: Sequence[Page], now: datetime) -> None:
    """Locate and group the selections of pages anew. The caller holds the pages' locks and commits."""
    session.flush()
    loaded = load(session, pages, most=MOST_RECHECKED)
    for on_page in loaded:
        on_page.locate()
    _regroup_located(session, loaded, now)


def regroup_settled(session: Session, on_page: PageCases, now: datetime) -> None:
    """Group a page's selections anew after a recheck located them. Its cases are loaded and locked."""
    on_page.fill_facts_of_cases()
    _regroup_located(session, [on_page], now)


def _regroup_located(session: Session, loaded: Sequence[PageCases], now: datetime) -> None:
    for on_page in loaded:
        on_page.touched |= {case_id for case_id, facts in on_page.facts.items() if facts.status == "open"}
    regroup_and_save(session, [change_of(session, on_page, now) for on_page in loaded], now)


def regroup_and_save(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Group the selections of the pages anew, bring their cases up to date, and store everything.

    The order: pages and cases, selections that name the cases, placements that name both, then what is
    counted from these, the steps of the cases, and last the cases that are deleted.
    """
    with session.no_autoflush:
        _regroup_and_save(session, changes, now)


def _regroup_and_save(session: Session, changes: Sequence[Change], now: datetime) -> None:
    with timed_step(session, "group"):
        _group(session, changes, now)
        _count(session, changes, now)
    with timed_step(session, "assess"):
        for change in changes:
            if not change.on_page.recounted:
                _refresh(session, change)
    with timed_step(session, "store"):
        _store(session, changes, now)
        for change in changes:
            if change.on_page.recounted:
                _recount(session, change.on_page)
                _refresh(session, change)
        _record(session, changes, now)


def _group(session: Session, changes: Sequence[Change], now: datetime) -> None:
    plans = [plan_page(change.on_page) for change in changes]
    wanted: set[UUID] = set()
    for change, page_plan in zip(changes, plans, strict=True):
        stored = {
            selection.case_id for _, selection in change.arrived if selection.id not in change.on_page.new
        }
        wanted |= cases_of_plan(change.on_page, page_plan) | stored
        wanted |= change.on_page.touched | change.on_page.recounted | change.on_page.emptied.keys()
    load_cases(session, [change.on_page for change in changes], wanted)
    for change, page_plan in zip(changes, plans, strict=True):
        apply(change.on_page, page_plan, now)
        assign_by_route(session, change.on_page.page, change.on_page.opened.values())


def _record(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Record the events, then the steps of cases that are spam or lost their reports."""
    for site_id, of_site in groupby(changes, key=lambda change: change.on_page.page.site_id):
        record(session, site_id, [fact for change in of_site for fact in facts_of(change)], now)
    for change in changes:
        for case in change.spam:
            step = Step(action="spam", cause="scored_as_spam", detail=",".join(case.spam_reasons))
            apply_step(session, case, step, now=now)
        _close_empty(session, change.on_page, now)
    session.flush()


def _count(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Count the reports and readers that arrived. Those of new cases are stored later."""
    pairs: set[tuple[UUID, bytes]] = set()
    for change in changes:
        for _, selection in change.arrived:
            selection.report_count += 1
        for case_id, reports in change.by_case().items():
            case, readers = change.on_page.cases[case_id], {report.reader_hash for report in reports}
            count_arrivals(case, reports)
            change.on_page.touched.add(case_id)
            if case_id in change.on_page.opened:
                case.reader_count = len(readers)
            else:
                pairs |= {(case_id, reader) for reader in readers}
            if case.status == "fixed":  # the page says whether it is back
                change.on_page.page.recheck_at_once(now)
    cases = {case_id: case for change in changes for case_id, case in change.on_page.cases.items()}
    for case_id in add_readers(session, pairs, now):
        cases[case_id].reader_count += 1


def _refresh(session: Session, change: Change) -> None:
    """Bring passages, suggestions and assessments of the changed cases up to date."""
    on_page = change.on_page
    touched = [case for case in _loaded(on_page, on_page.touched) if on_page.of_case(case.id)]
    for case in touched:
        if case.status == "open":
            show(session, on_page, case)
    change.spam = change.assessor.assess(on_page, touched, change.by_case())


def _store(session: Session, changes: Sequence[Change], now: datetime) -> None:
    for change in changes:
        session.add(change.on_page.page)
        session.add_all(change.on_page.opened.values())
    session.flush()
    for change in changes:
        _assign(session, change.on_page)
    session.flush()
    arrived = [
        (report, selection, selection.case_id in change.on_page.opened)
        for change in changes
        for report, selection in change.arrived
    ]
    placements = [
        {"report_id": report.id, "selection_id": selection.id, "case_id": selection.case_id, "placed_at": now}
        for report, selection, _ in arrived
    ]
    if placements:
        session.execute(insert(Placement), placements)
    readers = {(selection.case_id, report.reader_hash) for report, selection, is_new in arrived if is_new}
    add_readers(session, readers, now)


def _assign(session: Session, on_page: PageCases) -> None:
    """Let selections, and placements of those that move, name their cases."""
    moved: dict[UUID, list[UUID]] = {}
    for selection in on_page.selections:
        if selection.id in on_page.assigned:
            selection.case_id = on_page.assigned[selection.id]
            if selection.id not in on_page.new:
                moved.setdefault(selection.case_id, []).append(selection.id)
    session.add_all(one for one in on_page.selections if one.id in on_page.new)
    for case_id, selection_ids in sorted(moved.items()):
        session.execute(
            update(Placement)
            .where(Placement.selection_id.in_(selection_ids))
            .values(case_id=case_id)
            .execution_options(synchronize_session=False)
        )


def _recount(session: Session, on_page: PageCases) -> None:
    cases = _loaded(on_page, on_page.recounted)
    recount(session, cases)
    for case in cases:
        if case.report_count == 0:
            _forget_suggestions(session, case)


def _close_empty(session: Session, on_page: PageCases, now: datetime) -> None:
    """Close the cases that lost their last report; delete those that no editor ever touched."""
    for case_id, cause in on_page.emptied.items():
        case = on_page.cases[case_id]
        facts = on_page.facts.get(case_id)
        if cause != "emptied" or facts is None or facts.has_history:
            recount(session, [case])
            _forget_suggestions(session, case)
            apply_step(session, case, Step(action="reject", cause=cause), now=now)
            continue
        session.execute(delete(Case).where(Case.id == case_id).execution_options(synchronize_session=False))
        session.expunge(case)
        del on_page.cases[case_id]


def _forget_suggestions(session: Session, case: Case) -> None:
    for suggestion in list(case.suggestions):
        case.suggestions.remove(suggestion)
        session.delete(suggestion)
    case.correction_count = 0
    remember_pair(case)


def _loaded(on_page: PageCases, ids: Collection[UUID]) -> list[Case]:
    return [on_page.cases[case_id] for case_id in sorted(ids) if case_id not in on_page.emptied]
