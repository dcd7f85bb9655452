"""Decisions, one or many."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.cases.lifecycle import Action, Cause, Status
from moderation.domain.sites.limits import Correction, Note, Reason
from moderation.models import Decision
from moderation.services.cases.representation import CaseOut


class DecisionOut(msgspec.Struct, frozen=True):
    """One step of a case."""

    id: UUID
    decided_at: datetime
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
        """A decision as the API shows it; `editor` is an e-mail address, null for the system."""
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
    """A step to take with a case, as the editor saw it at `version`."""

    action: Action
    version: Annotated[int, Meta(ge=1)]
    correction: Correction | None = None
    note: Note | None = None
    reason: Reason | None = None
    """What a rejected case's readers are told."""


class CaseDecisionIn(DecisionIn, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A step to take with one of many cases."""

    case_id: UUID


class DecisionsIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Steps to take, each with a case."""

    decisions: Annotated[list[CaseDecisionIn], Meta(min_length=1, max_length=200)]


class DecisionResult(msgspec.Struct, frozen=True):
    """What became of one of them: the case where it was taken (200) or is stale (409), else why not."""

    case_id: UUID
    status: int
    case: CaseOut | None = None
    detail: str | None = None


class DecisionsOut(msgspec.Struct, frozen=True):
    """One result for each, in their order."""

    results: list[DecisionResult]
