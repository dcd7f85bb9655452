"""Cases for editors and their tools."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_json, read_query
from moderation.api.schemas.cases import (
    CaseItems,
    CaseList,
    CaseQuery,
    MergeIn,
    ReportList,
    ReportOut,
    ReportQuery,
    SplitIn,
)
from moderation.api.schemas.decisions import DecisionList, DecisionOut
from moderation.api.spec import documented
from moderation.domain.sites.limits import LIST_BYTES
from moderation.models import Case
from moderation.services.cases import queue, read
from moderation.services.cases.read import decisions_of, reports_of
from moderation.services.cases.representation import CaseOut
from moderation.services.triage.merge_split import merge, split
from moderation.web.extensions import db_session

blueprint = Blueprint("cases", __name__, url_prefix="/api/v1/cases")
_merge = msgspec.json.Decoder(MergeIn)
_split = msgspec.json.Decoder(SplitIn)


@blueprint.get("")
@documented(security="token", query=CaseQuery, answer=CaseList, refusals=(401, 403, 422, 503))
def list_cases() -> Response:
    """List cases

    Cases of all sites that the token's owner can see. To get the next page, pass `next` as `cursor`.
    """
    editor, query = caller("read"), read_query(CaseQuery)
    found = queue.list_cases(
        db_session(), editor, query.filter(query.sort), cursor=query.cursor, limit=query.limit
    )
    return json_answer(CaseList([CaseOut.of(case) for case in found.items], found.next))


@blueprint.get("/<uuid:case_id>")
@documented(security="token", answer=CaseOut, refusals=(401, 403, 404, 503))
def get_case(case_id: UUID) -> Response:
    """Read a case

    The mistake with its passage, its suggestions, best first, and the `version` that a decision must name.
    """
    return json_answer(CaseOut.of(_case(case_id)))


@blueprint.get("/<uuid:case_id>/reports")
@documented(security="token", query=ReportQuery, answer=ReportList, refusals=(401, 403, 404, 422, 503))
def list_reports(case_id: UUID) -> Response:
    """List a case's reports

    Newest first.
    """
    case, query = _case(case_id), read_query(ReportQuery)
    found = reports_of(db_session(), case, cursor=query.cursor, limit=query.limit)
    return json_answer(ReportList([ReportOut.of(report) for report in found.items], found.next))


@blueprint.get("/<uuid:case_id>/decisions")
@documented(security="token", answer=DecisionList, refusals=(401, 403, 404, 503))
def list_decisions(case_id: UUID) -> Response:
    """List a case's decisions

    Oldest first.
    """
    history = decisions_of(db_session(), _case(case_id))
    return json_answer(DecisionList([DecisionOut.of(decision) for decision in history]))


@blueprint.post("/<uuid:case_id>/merge")
@documented(
    security="token", json=MergeIn, answer=CaseItems, refusals=(400, 401, 403, 404, 413, 415, 422, 503)
)
def merge_case(case_id: UUID) -> Response:
    """Merge a case into another of its page

    Moves all reports to the other case. Later reports of either passage go there too.
    """
    editor, wanted = caller("decide"), read_json(_merge)[0]
    into = merge(db_session(), editor, case_id, wanted.into, datetime.now(UTC))
    return json_answer(CaseItems([CaseOut.of(into)]))


@blueprint.post("/<uuid:case_id>/split")
@documented(
    security="token", json=SplitIn, answer=CaseItems, refusals=(400, 401, 403, 404, 413, 415, 422, 503)
)
def split_case(case_id: UUID) -> Response:
    """Split reports off a case

    Moves the reports to a new case; later reports of the same selection follow. Returns both cases.
    """
    editor, wanted = caller("decide"), read_json(_split, longest=LIST_BYTES)[0]
    both = split(db_session(), editor, case_id, wanted.report_ids, datetime.now(UTC))
    return json_answer(CaseItems([CaseOut.of(case) for case in both]))


def _case(case_id: UUID) -> Case:
    return read.get_case(db_session(), caller("read"), case_id)
