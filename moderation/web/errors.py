"""One table from refusal to answer: problem+json for the API, a page (or JSON for scripts) at the desk.

A service raises a plain exception; the table says which status, problem type and sentence it becomes.
A view needs an `except` only where it does something else than refuse.
"""

import math
import time
from collections.abc import Mapping
from contextlib import nullcontext
from typing import NamedTuple

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask_babel import force_locale, lazy_gettext
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.domain.sites.urls import InvalidUrl
from moderation.services.accounts.access import Forbidden, NotAdmin, NotOwner
from moderation.services.accounts.password_reset import UnknownReset
from moderation.services.cases.assign import CannotAssign
from moderation.services.cases.bulk import CannotUndo, UnknownBulk
from moderation.services.cases.decide import Stale
from moderation.services.cases.page_view import UnknownPage as UnknownPageAtDesk
from moderation.services.cases.read import UnknownCase
from moderation.services.insight.stats import LONGEST, InvalidPeriod
from moderation.services.intake.accept import Reason, Refused
from moderation.services.intake.proof_of_work import Unproven
from moderation.services.intake.receipts import UnknownReceipt
from moderation.services.outbox.attention import UnknownMessage
from moderation.services.paging import InvalidCursor
from moderation.services.recheck.request import UnknownPage
from moderation.services.sites.directory import UnknownSite, UnknownSiteKey
from moderation.services.sites.members import UnknownInvitation, UnknownMember
from moderation.services.triage.merge_split import CannotRegroup
from moderation.web.extensions import limiter
from moderation.web.labels.errors import http_error_detail
from moderation.web.problems import FieldError, Problem

log = structlog.get_logger()


class Refusal(NamedTuple):
    """What a refusal becomes. `%(why)s` in `detail` is the exception's own text."""

    status: int
    type: str
    """Name of the problem type, see `Problem`."""
    detail: str
    pointer: str | None = None
    """The field of the body or query that is wrong."""
    desk_status: int | None = None
    """The status of a page, where it differs: a wrong page address is 404 there, not a wrong field."""


REFUSALS: Mapping[type[Exception], Refusal] = {
    Forbidden: Refusal(403, "role", lazy_gettext("You have view-only access to this site.")),
    NotAdmin: Refusal(403, "role", lazy_gettext("Only site admins can do this.")),
    NotOwner: Refusal(403, "role", lazy_gettext("Only owners can add sites.")),
    UnknownCase: Refusal(
        404, "unknown-case", lazy_gettext("This case does not exist, or you have no access to it.")
    ),
    UnknownPage: Refusal(
        404, "unknown-page", lazy_gettext("No report on your sites refers to this page."), "/url"
    ),
    UnknownPageAtDesk: Refusal(
        404, "unknown-page", lazy_gettext("This page does not exist, or you have no access to it.")
    ),
    UnknownBulk: Refusal(404, "unknown-bulk", lazy_gettext("Not found, or you have no access to it.")),
    UnknownSite: Refusal(
        404, "unknown-site", lazy_gettext("This site does not exist, or you have no access to it.")
    ),
    UnknownSiteKey: Refusal(
        401,
        "unknown-site-key",
        lazy_gettext("The site key (X-Site-Key) is missing or unknown. Copy it from the site's settings."),
    ),
    UnknownMessage: Refusal(
        404, "unknown-message", lazy_gettext("This work is done, or it belongs to another site.")
    ),
    Unproven: Refusal(403, "proof-of-work", lazy_gettext("This site asks for a proof of work: %(why)s.")),
    UnknownMember: Refusal(404, "unknown-member", lazy_gettext("This person is not a member of the site.")),
    UnknownInvitation: Refusal(
        404,
        "unknown-link",
        lazy_gettext("This invitation link is invalid or has expired. Ask for a new one."),
    ),
    UnknownReset: Refusal(
        404, "unknown-link", lazy_gettext("This link is invalid or has expired. Request a new one.")
    ),
    UnknownReceipt: Refusal(
        404, "unknown-receipt", lazy_gettext("Report not found. Check that you copied the whole link.")
    ),
    Stale: Refusal(409, "stale-version", lazy_gettext("The case has changed. Load it and try again.")),
    CannotUndo: Refusal(409, "cannot-undo", lazy_gettext("This can no longer be undone.")),
    StepNotAllowed: Refusal(422, "action-not-allowed", "%(why)s", "/action"),
    CorrectionNotAllowed: Refusal(422, "correction-not-allowed", "%(why)s", "/correction"),
    CannotAssign: Refusal(
        422, "cannot-assign", lazy_gettext("This person cannot decide cases on this site."), "/assignee"
    ),
    CannotRegroup: Refusal(
        422, "cannot-regroup", lazy_gettext("These cases cannot be merged or split: %(why)s.")
    ),
    InvalidCursor: Refusal(
        422,
        "invalid-request",
        lazy_gettext("This page of the list does not exist."),
        "/cursor",
        desk_status=404,
    ),
    InvalidUrl: Refusal(422, "invalid-request", "%(why)s", "/url", desk_status=404),
    InvalidPeriod: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Choose a period of up to %(days)d days.", days=LONGEST),
        "/from",
        desk_status=404,
    ),
}


_REPORT_STATUSES: Mapping[Reason, int] = {"foreign_page": 403, "foreign_origin": 403, "blocked_reader": 403}
"""The statuses of refused reports; 422 for every other reason."""


def problem_of_report(refused: Refused) -> Problem:
    """The answer to a refused report: its problem type is the reason, its pointer the field."""
    status, slug = _REPORT_STATUSES.get(refused.reason, 422), refused.reason.replace("_", "-")
    if refused.field is None:
        return Problem(status, str(refused), type=slug)
    pointer = "/" + refused.field.replace(".", "/")
    return Problem(status, f"{pointer}: {refused}", type=slug, errors=[FieldError(pointer, str(refused))])


def problem_of(error: Exception) -> Problem:
    """The answer to an exception of the table: its row, or that of its nearest base class.

    The API speaks English: its details are for a developer's log. Raises KeyError for other exceptions.
    """
    refusal = next(REFUSALS[base] for base in type(error).__mro__ if base in REFUSALS)
    in_api = _is_api()
    detail = _sentence(refusal.detail).replace("%(why)s", str(error))
    status = refusal.status if in_api else refusal.desk_status or refusal.status
    errors = None if refusal.pointer is None else [FieldError(refusal.pointer, detail)]
    return Problem(status, detail, type=refusal.type, errors=errors)


def _sentence(text: object) -> str:
    """Translate a lazy string: to English in the API, else to the language of the page."""
    with force_locale("en") if _is_api() else nullcontext():
        return str(text)


def register(app: Flask) -> None:
    """Answer what views raise."""
    app.register_error_handler(Problem, _answer)
    for refusal in REFUSALS:
        app.register_error_handler(refusal, lambda error: _answer(problem_of(error)))
    app.register_error_handler(Refused, lambda refused: _answer(problem_of_report(refused)))
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(HTTPException, _http)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _bug)


def wants_json() -> bool:
    """Whether a script of the desk asks, not a person's browser."""
    return bool(request.accept_mimetypes.best == "application/json")


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _answer(problem: Problem) -> Response:
    if _is_api():
        return problem.response()
    if wants_json():
        response = jsonify(**problem.body(), message=problem.detail)
    else:
        page = render_template("error.html", status=problem.status, detail=problem.detail)
        response = Response(page)
    response.status_code = problem.status
    response.headers.extend(problem.headers)
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or an answer made beforehand
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    detail = None if _is_api() else http_error_detail(status)
    if status == 413 and _is_api() and request.max_content_length:
        kib = request.max_content_length // 1024
        return _answer(Problem(413, f"The body is larger than {kib} KiB.", type="too-large"))
    problem = Problem(status, detail or error.description or error.name)
    if error.code == 405 and error.get_headers():
        problem.headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _answer(problem)


def _too_many(_error: RateLimitExceeded) -> Response:
    limit = limiter.current_limit
    wait = max(1, math.ceil(limit.reset_at - time.time())) if limit else 60
    return _answer(
        Problem(
            429,
            _sentence(lazy_gettext("Too many reports. Try again in %(wait)d seconds.", wait=wait)),
            type="too-many",
            headers={"Retry-After": str(wait)},
        )
    )


def _database_away(error: Exception) -> Response:
    log.error("database.away", error=str(error).splitlines()[0])
    return _answer(
        Problem(
            503,
            _sentence(
                lazy_gettext("The service is not available. Nothing was saved. Try again in a minute.")
            ),
            type="database-away",
            headers={"Retry-After": "5"},
        )
    )


def _unstorable(error: DataError) -> Response:
    log.warning("request.value_not_storable", path=request.path, error=str(error.orig))
    return _answer(
        Problem(
            422,
            _sentence(lazy_gettext("Some characters cannot be saved, for example U+0000.")),
            type="invalid-request",
        )
    )


def _bug(error: Exception) -> Response:
    log.exception("request.failed", path=request.path, error=repr(error))
    return _answer(
        Problem(
            500,
            _sentence(lazy_gettext("Something went wrong. We have logged the error. Try again in a minute.")),
        )
    )
