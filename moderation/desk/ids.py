"""Ids that come in forms and queries; those in a path are the router's."""

from uuid import UUID

from moderation.web.problems import Problem


def read_id(value: str) -> UUID:
    """The id that a text is. Raises Problem: 422."""
    try:
        return UUID(value)
    except ValueError:
        raise Problem(422, f"{value[:40]} is no id") from None
