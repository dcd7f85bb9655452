"""Every error as an answer that says what was wrong: problem+json for programs, a page for people."""

import math
import time

import structlog
from flask import Flask, Response, render_template, request
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from moderation.web.extensions import limiter
from moderation.web.problems import Problem

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Catch what views raise."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(HTTPException, _http)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _bug)


def _problem(problem: Problem) -> Response:
    if request.path.startswith("/api/"):
        return problem.response()
    response = Response(
        render_template("error.html", status=problem.status, title=problem.title, detail=problem.detail),
        problem.status,
    )
    response.headers.extend(problem.headers)
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or an answer made beforehand
        return error.response  # type: ignore[return-value]
    problem = Problem(error.code or 500, error.description or error.name)
    if error.code == 405 and error.get_headers():
        problem.headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _problem(problem)


def _too_many(_error: RateLimitExceeded) -> Response:
    limit = limiter.current_limit
    wait = max(1, math.ceil(limit.reset_at - time.time())) if limit else 60
    return _problem(
        Problem(429, f"Too many reports for now. Try again in {wait} s.", headers={"Retry-After": str(wait)})
    )


def _database_away(error: Exception) -> Response:
    log.error("database away", error=str(error).splitlines()[0])
    return _problem(
        Problem(
            503, "The database does not answer. Nothing was stored; try again.", headers={"Retry-After": "5"}
        )
    )


def _unstorable(error: DataError) -> Response:
    log.warning("value the database cannot hold", path=request.path, error=str(error.orig))
    return _problem(Problem(422, "A value holds characters that cannot be stored, such as U+0000."))


def _bug(error: Exception) -> Response:
    log.exception("unexpected error", path=request.path, error=repr(error))
    return _problem(Problem(500, "Something went wrong on our side. It has been logged."))
