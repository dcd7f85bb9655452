"""Count the reports that are stored together, and store those whose readers and sites are within limits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine

from moderation.services.intake.draft import Submission
from moderation.services.intake.report_limits import ReportLimits, TooManyReports
from moderation.services.intake.store import KeyReused, store


def store_within_limits(
    limits: ReportLimits, engine: Engine, submissions: Sequence[Submission]
) -> list[UUID | KeyReused | TooManyReports]:
    """Return for each report the result of `store`, or that it came too soon. Raises DBAPIError."""
    refusals = limits.count([submission.counted for submission in submissions])
    within = [each for each, refusal in zip(submissions, refusals, strict=True) if refusal is None]
    stored = iter(store(engine, within) if within else ())
    return [refusal or next(stored) for refusal in refusals]
