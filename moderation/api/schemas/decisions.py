"""Schemas of decisions, one or many."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.cases.lifecycle import Action, Cause, Status
from moderation.domain.sites.limits import Correction, Note, Reason
from moderation.domain.times import Time
from moderation.models import Decision
from moderation.services.cases.representation import CaseOut


class DecisionOut(msgspec.Struct, frozen=True):
    """A decision about a case."""

    id: UUID
    decided_at: Time
    editor: str | None
    action: Action
    old_status: Status
    new_status: Status
    cause: Cause
    cause_detail: str | None
    correction: str | None
    note: str | None
    reason: str | None

    @classmethod
    def of(cls, decision: Decision) -> "DecisionOut":
        """Make the API's form of a decision. `editor` is an email address; null for the system."""
        return cls(
            id=decision.id,
            decided_at=decision.decided_at,
            editor=decision.editor.email if decision.editor else None,
            action=decision.action,
            old_status=decision.old_status,
            new_status=decision.new_status,
            cause=decision.cause,
            cause_detail=decision.cause_detail,
            correction=decision.correction,
            note=decision.note,
            reason=decision.reason,
        )


class DecisionList(msgspec.Struct, frozen=True):
    """A case's history, oldest first."""

    items: list[DecisionOut]


class DecisionIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A decision to make. `version` is the version of the case that the editor saw."""

    action: Action
    version: Annotated[int, Meta(ge=1)]
    correction: Correction | None = None
    note: Note | None = None
    reason: Reason | None = None
    """Shown to the readers of a rejected case."""


class CaseDecisionIn(DecisionIn, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A decision to make about one of many cases."""

    case_id: UUID


class DecisionsIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Decisions to make, each about one case."""

    decisions: Annotated[list[CaseDecisionIn], Meta(min_length=1, max_length=200)]


class DecisionResult(msgspec.Struct, frozen=True):
    """Result of one decision: the case if it was decided (200) or has changed (409), else the error."""

    case_id: UUID
    status: int
    case: CaseOut | None = None
    detail: str | None = None


class DecisionsOut(msgspec.Struct, frozen=True):
    """One result per decision, in the same order."""

    results: list[DecisionResult]
