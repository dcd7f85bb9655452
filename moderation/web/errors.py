"""Answer exceptions: problem+json for the API, a page (or JSON for scripts) at the desk.

A service raises a plain exception, and the table in refusals/ has its response. A view needs an `except`
only if it does something else than refuse.
"""

import time
from contextlib import nullcontext

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask_babel import force_locale, lazy_gettext
from flask_limiter import RateLimitExceeded
from flask_login import current_user
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from moderation.services.accounts.security_log import log_event
from moderation.services.intake.accept import Refused
from moderation.services.intake.report_limits import TooManyReports
from moderation.web.commits import may_have_saved, may_have_stored_report
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.errors import http_error_detail
from moderation.web.problems import FieldError, Problem, invalid, too_many
from moderation.web.refusals import REFUSALS, refusal_of
from moderation.web.refusals.reports import REPORT_STATUSES

log = structlog.get_logger()

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""Exceptions of a database that does not answer in time."""


def problem_of_report(refused: Refused) -> Problem:
    """Return the problem for a refused report. Its type is the reason, its pointer is the field."""
    status, slug = REPORT_STATUSES.get(refused.reason, 422), refused.reason.replace("_", "-")
    if refused.field is None:
        return Problem(status, str(refused), type=slug)
    pointer = "/" + refused.field.replace(".", "/")
    return Problem(status, f"{pointer}: {refused}", type=slug, errors=[FieldError(pointer, str(refused))])


def problem_of(error: Exception) -> Problem:
    """Return the problem for an exception of the table, see refusals/.

    The API answers in English, because developers log its details. Raises KeyError for other exceptions.
    """
    refusal, in_api = refusal_of(error), _is_api()
    text = refusal.detail if in_api else refusal.page_detail or refusal.detail
    why = str(error) if in_api else refusal.page_why(error)
    detail = _sentence(text).replace("%(why)s", why)
    pointer = refusal.pointer and refusal.pointer.format_map(vars(error))
    if in_api and pointer and refusal.type == "invalid-request":
        return invalid(pointer, detail)
    status = refusal.status if in_api else refusal.desk_status or refusal.status
    errors = [FieldError(pointer, detail)] if pointer else None
    return Problem(status, detail, type=refusal.type, errors=errors)


def _sentence(text: object) -> str:
    """Translate a lazy string: to English in the API, else to the language of the page."""
    with force_locale("en") if _is_api() else nullcontext():
        return str(text)


def register(app: Flask) -> None:
    """Register the error handlers."""
    app.register_error_handler(Problem, _answer)
    for refusal in REFUSALS:
        app.register_error_handler(refusal, lambda error: _answer(problem_of(error)))
    app.register_error_handler(Refused, lambda refused: _answer(problem_of_report(refused)))
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(TooManyReports, _too_many)
    app.register_error_handler(HTTPException, _http)
    for away in DATABASE_AWAY:
        app.register_error_handler(away, lambda error: _answer(database_away(error)))
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _bug)


def wants_json() -> bool:
    """Return whether a script of the desk sent the request."""
    return bool(request.accept_mimetypes.best == "application/json")


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _answer(problem: Problem) -> Response:
    if _is_api():
        return problem.response()
    if problem.status == 403 and request.path.startswith("/desk"):
        account = getattr(current_user, "editor_id", None)
        log_event(db_session(), "desk.refused", account, endpoint=request.endpoint, reason=problem.type)
    if wants_json():
        response = jsonify(**problem.body(), message=problem.detail)
    else:
        page = render_template("error.html", status=problem.status, detail=problem.detail)
        response = Response(page)
    response.status_code = problem.status
    response.headers.extend(problem.headers)
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or a response that was made before
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


def _too_many(error: RateLimitExceeded | TooManyReports) -> Response:
    if isinstance(error, TooManyReports):
        seconds = error.seconds
    else:
        limit = limiter.current_limit
        seconds = limit.reset_at - time.time() if limit else 60

    def say(wait: int) -> str:
        return _sentence(lazy_gettext("Too many reports. Try again in %(wait)d seconds.", wait=wait))

    return _answer(too_many(seconds, say))


def database_away(error: Exception) -> Problem:
    """Return the problem for a database that does not answer in time, and log it."""
    log.error("database.away", error=str(error).splitlines()[0])
    if may_have_stored_report():
        detail = lazy_gettext(
            "The service did not answer in time. Your report may have been saved. "
            "Sending it again does no harm."
        )
    elif may_have_saved():
        detail = lazy_gettext(
            "The service did not answer in time. Your change may have been saved: load it again before "
            "you repeat it."
        )
    else:
        detail = lazy_gettext("The service is not available. Nothing was saved. Try again in a minute.")
    return Problem(503, _sentence(detail), type="database-away", headers={"Retry-After": "5"})


def _unstorable(error: DataError) -> Response:
    log.warning("request.value_not_storable", route=_route(), error=str(error.orig))
    if not _is_api():
        db_session().rollback()  # the page about it asks the database for the head of the desk
    return _answer(
        Problem(
            422,
            _sentence(lazy_gettext("Some characters cannot be saved, for example U+0000.")),
            type="invalid-request",
        )
    )


def _bug(error: Exception) -> Response:
    log.exception("request.failed", route=_route(), error=repr(error))
    return _answer(
        Problem(
            500,
            _sentence(lazy_gettext("Something went wrong. We have logged the error. Try again in a minute.")),
        )
    )


def _route() -> str:
    """Return the route for the log: the path of a receipt or of a mailed link is a secret."""
    return request.url_rule.rule if request.url_rule else "none"
