"""A row of the table of refusals."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Refusal(NamedTuple):
    """Response for one kind of exception. `%(why)s` in a sentence is the exception's text."""

    status: int
    type: str
    """Name of the problem type, see `Problem`."""
    detail: str
    pointer: str | None = None
    """The field of the body, query or form that is wrong. `{field}` is an attribute of the exception."""
    desk_status: int | None = None
    """The status on pages, if it differs: a wrong page address is 404 there, not a wrong field."""
    page_detail: str | None = None
    """The sentence on pages, if it differs: who opens a link knows no headers."""
    page_why: Callable[[Any], str] = str
    """`%(why)s` on pages: the exception's text in the language of the page. The API has the text itself."""
