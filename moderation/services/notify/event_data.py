"""The data of an event for machines. It names no reader and no editor, and holds no comment."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from moderation.domain.cases.lifecycle import BOOKKEEPING
from moderation.models import Case, Decision, Event, Report
from moderation.services.cases.representation import CaseOut

_FOR_DECISION = ("case.decided", "case.fixed", "case.reopened")


def data_of(session: Session, event: Event) -> dict[str, Any] | None:
    """Return the case as it is now, with the report or the decision that the event is about.

    Returns None if the case was deleted.
    """
    if event.type == "test":
        return {"site": str(event.site_id), "note": "This is a test. Nothing happened."}
    case = case_of(session, event)
    if case is None:
        return None
    data: dict[str, Any] = {"site": str(event.site_id), "case": msgspec.to_builtins(CaseOut.of(case))}
    if event.type == "report.received":
        report = session.get(Report, event.subject_id)
        data["report"] = None if report is None else _report(report)
    elif event.type in _FOR_DECISION:
        decision = session.get(Decision, event.subject_id)
        data["decision"] = None if decision is None else _decision(decision)
    return data


def case_of(session: Session, event: Event) -> Case | None:
    """Load the event's case with what it shows; None if it was deleted."""
    return session.scalar(
        select(Case)
        .where(Case.id == event.case_id)
        .options(joinedload(Case.page), joinedload(Case.site), selectinload(Case.suggestions))
    )


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": str(report.id),
        "kind": report.kind,
        "exact": report.exact,
        "correction": report.correction,
        "reported_at": msgspec.to_builtins(report.created_at),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": str(decision.id),
        "action": decision.action,
        "old_status": decision.old_status,
        "new_status": decision.new_status,
        "cause": decision.cause,
        "is_bookkeeping": decision.cause in BOOKKEEPING,
        "correction": decision.correction,
        "decided_at": msgspec.to_builtins(decision.decided_at),
    }
