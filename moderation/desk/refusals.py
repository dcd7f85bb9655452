"""Show a refusal in the form or as a message, instead of on an error page.

Both answer the refusals of what was entered (422). Others go on to errors.py, which has a page for them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash
from flask_wtf import FlaskForm

from moderation.web.errors import problem_of
from moderation.web.refusals import ENTERED


@contextmanager
def refusals_in(form: FlaskForm, field: str = "") -> Iterator[None]:
    """Show a refusal at the form's field that it names; else at `field`; else above the form."""
    try:
        yield
    except ENTERED as error:
        problem = problem_of(error)
        named = [wrong.pointer.removeprefix("/") for wrong in problem.errors or ()]
        name = next((name for name in (*named, field) if name in form), None)
        if name is None:
            form.form_errors = [problem.detail]
        else:
            form[name].errors = [problem.detail]


@contextmanager
def refusals_flashed(*others: type[Exception]) -> Iterator[None]:
    """Show a refusal on the next page; so also those of `others`."""
    try:
        yield
    except (*ENTERED, *others) as error:
        flash(problem_of(error).detail, "warning")
