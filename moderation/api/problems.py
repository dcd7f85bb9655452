"""Pages that explain the problem types: the addresses that the member `type` of an error has."""

from flask import Blueprint, render_template

from moderation.web.problem_types import PROBLEM_TYPES
from moderation.web.problems import Problem

blueprint = Blueprint("problems", __name__, url_prefix="/api/v1/problems")


@blueprint.get("")
def index() -> str:
    """All problem types as a page."""
    return render_template("api/problems.html", types=PROBLEM_TYPES, chosen=None)


@blueprint.get("/<name>")
def explain(name: str) -> str:
    """One problem type as a page."""
    if name not in PROBLEM_TYPES:
        raise Problem(404, f"There is no problem type {name[:60]}. See /api/v1/problems.")
    return render_template("api/problems.html", types={name: PROBLEM_TYPES[name]}, chosen=name)
