"""Many decisions in one call."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from flask import Blueprint, Response, request

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
from moderation.models import Case, Editor
from moderation.services.accounts.access import Forbidden
from moderation.services.cases.decide import Stale, decide
from moderation.services.cases.read import UnknownCase
from moderation.services.cases.representation import CaseOut
from moderation.web.extensions import db_session

blueprint = Blueprint("decisions", __name__, url_prefix="/api/v1/decisions")
_LONGEST = 4 * 1024 * 1024  # 200 decisions whose texts are as long as they may be
UNKNOWN = "No case of yours has this id."
READS_ONLY = "Your role on this site does not decide cases."
_decisions = msgspec.json.Decoder(DecisionsIn)


@blueprint.post("")
@documented(
    security="token", json=DecisionsIn, answer=DecisionsOut, refusals=(400, 401, 403, 413, 415, 422, 503)
)
def create_decisions() -> Response:
    """Decide many cases

    Up to 200 decisions. Each is applied on its own; results come in the same order, with the status that
    `POST /cases/{id}/decisions` would return.
    """
    editor = caller("decide")
    request.max_content_length = _LONGEST
    asked, _raw = read_json(_decisions)
    results = [_decide(editor, one) for one in asked.decisions]
    return Response(
        msgspec.json.encode(DecisionsOut(results)),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def take(editor: Editor, case_id: UUID, step: DecisionIn) -> Case:
    """Apply one requested decision. Raises what `decide` raises."""
    return decide(
        db_session(),
        editor,
        case_id,
        step.action,
        version=step.version,
        correction=step.correction,
        note=step.note,
        reason=step.reason,
        now=datetime.now(UTC),
    ).case


def look_again(stale: Stale) -> str:
    """The detail of a 409 for an old version."""
    return f"{str(stale).capitalize()}. Load the case and try again."


def _decide(editor: Editor, one: CaseDecisionIn) -> DecisionResult:
    try:
        return DecisionResult(one.case_id, 200, case=CaseOut.of(take(editor, one.case_id, one)))
    except UnknownCase:
        result = DecisionResult(one.case_id, 404, detail=UNKNOWN)
    except Forbidden:
        result = DecisionResult(one.case_id, 403, detail=READS_ONLY)
    except Stale as stale:
        result = DecisionResult(one.case_id, 409, case=CaseOut.of(stale.case), detail=look_again(stale))
    except (StepNotAllowed, CorrectionNotAllowed) as error:
        result = DecisionResult(one.case_id, 422, detail=str(error))
    db_session().rollback()
    return result
