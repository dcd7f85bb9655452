"""Table of refusals: the status, problem type and sentence for each exception.

A row is enough for an exception that a person or a script can cause: errors.py answers it, and
desk/refusals.py shows it at the field of a form.
"""

from collections.abc import Mapping

from moderation.web.refusals import accounts, cases, reports, sites
from moderation.web.refusals.row import Refusal

REFUSALS: Mapping[type[Exception], Refusal] = {
    **accounts.REFUSALS,
    **sites.REFUSALS,
    **cases.REFUSALS,
    **reports.REFUSALS,
}

ENTERED = tuple(refusal for refusal, row in REFUSALS.items() if row.status == 422)
"""Refusals of what somebody entered. Their place at the desk is beside it, not on an error page."""


def refusal_of(error: Exception) -> Refusal:
    """Return the row of an exception's class or of its nearest base class. Raises KeyError without one."""
    base = next((base for base in type(error).__mro__ if base in REFUSALS), type(error))
    return REFUSALS[base]
