"""Decisions on cases: one, or many in one call."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_json
from moderation.api.schemas.decisions import (
    CaseDecisionIn,
    DecisionIn,
    DecisionResult,
    DecisionsIn,
    DecisionsOut,
)
from moderation.api.spec import documented
from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.domain.sites.limits import LIST_BYTES
from moderation.models import Case, Editor
from moderation.services.accounts.access import Forbidden
from moderation.services.cases.decide import Stale, decide
from moderation.services.cases.read import UnknownCase
from moderation.services.cases.representation import CaseOut
from moderation.web.errors import DATABASE_AWAY, database_away, problem_of
from moderation.web.extensions import db_session
from moderation.web.problems import Problem

blueprint = Blueprint("decisions", __name__, url_prefix="/api/v1")
_REFUSALS = (UnknownCase, Forbidden, Stale, StepNotAllowed, CorrectionNotAllowed)
_decision = msgspec.json.Decoder(DecisionIn)
_decisions = msgspec.json.Decoder(DecisionsIn)


@blueprint.post("/cases/<uuid:case_id>/decisions")
@documented(
    security="token", json=DecisionIn, answer=CaseOut, refusals=(400, 401, 403, 404, 409, 413, 415, 422, 503)
)
def create_decision(case_id: UUID) -> Response:
    """Decide a case

    Pass the `version` you loaded. If the case has changed since, you get 409 and the current case in `case`.
    `correction` goes with `accept` and `fix`. `accept` without one accepts the best suggestion.
    """
    editor = caller("decide")
    wanted, _raw = read_json(_decision)
    try:
        return json_answer(CaseOut.of(_decide(editor, case_id, wanted)))
    except Stale as stale:
        raise _with_case(stale) from None


@blueprint.post("/decisions")
@documented(
    security="token", json=DecisionsIn, answer=DecisionsOut, refusals=(400, 401, 403, 413, 415, 422, 503)
)
def create_decisions() -> Response:
    """Decide many cases

    Up to 200 decisions. Each is applied on its own; results come in the same order, with the status that
    `POST /cases/{id}/decisions` would return.
    """
    editor = caller("decide")
    wanted, _raw = read_json(_decisions, longest=LIST_BYTES)
    return json_answer(DecisionsOut([_result(editor, decision) for decision in wanted.decisions]))


def _decide(editor: Editor, case_id: UUID, wanted: DecisionIn) -> Case:
    decided = decide(
        db_session(),
        editor,
        case_id,
        wanted.action,
        version=wanted.version,
        correction=wanted.correction,
        note=wanted.note,
        reason=wanted.reason,
        now=datetime.now(UTC),
    )
    return decided.case


def _result(editor: Editor, wanted: CaseDecisionIn) -> DecisionResult:
    try:
        return DecisionResult(wanted.case_id, 200, case=CaseOut.of(_decide(editor, wanted.case_id, wanted)))
    except _REFUSALS as error:
        problem = problem_of(error)
        current = CaseOut.of(error.case) if isinstance(error, Stale) else None
        db_session().rollback()
        return DecisionResult(wanted.case_id, problem.status, case=current, detail=problem.detail)
    except DATABASE_AWAY as error:  # earlier decisions of the list are saved, and the caller must learn it
        db_session().rollback()
        problem = database_away(error)
        return DecisionResult(wanted.case_id, problem.status, detail=problem.detail)


def _with_case(stale: Stale) -> Problem:
    problem = problem_of(stale)
    problem.extra["case"] = msgspec.to_builtins(CaseOut.of(stale.case))
    return problem
