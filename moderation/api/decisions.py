"""Many decisions in one call."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, request

from moderation.api.auth import caller
from moderation.api.body import read_json
from moderation.api.shapes.decisions import CaseDecisionIn, DecisionResult, DecisionsIn, DecisionsOut
from moderation.api.spec import documented
from moderation.domain.lifecycle import StepNotAllowed
from moderation.extensions import db_session
from moderation.models import Editor
from moderation.services.access import Forbidden
from moderation.services.case_json import CaseOut
from moderation.services.cases import UnknownCase
from moderation.services.decide import Stale, decide

blueprint = Blueprint("decisions", __name__, url_prefix="/api/v1/decisions")
_LONGEST = 4 * 1024 * 1024  # 200 decisions whose texts are as long as they may be
_decisions = msgspec.json.Decoder(DecisionsIn)


@blueprint.post("")
@documented(
    security="token", json=DecisionsIn, answer=DecisionsOut, refusals=(400, 401, 403, 413, 415, 422, 503)
)
def create_decisions() -> Response:
    """Decide many cases

    At most 200, each as it can: one result for each, in their order, with the status that
    `POST /cases/{id}/decisions` would have answered.
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


def _decide(editor: Editor, one: CaseDecisionIn) -> DecisionResult:
    session = db_session()
    try:
        case = decide(
            session,
            editor,
            one.case_id,
            one.action,
            version=one.version,
            correction=one.correction,
            note=one.note,
            reason=one.reason,
            now=datetime.now(UTC),
        )
        return DecisionResult(one.case_id, 200, case=CaseOut.of(case))
    except UnknownCase:
        result = DecisionResult(one.case_id, 404, detail="No case of yours has this id.")
    except Forbidden:
        result = DecisionResult(one.case_id, 403, detail="Your role on this site does not decide cases.")
    except Stale as stale:
        detail = f"{str(stale).capitalize()}: look again."
        result = DecisionResult(one.case_id, 409, case=CaseOut.of(stale.case), detail=detail)
    except StepNotAllowed as error:
        result = DecisionResult(one.case_id, 422, detail=str(error))
    session.rollback()
    return result
