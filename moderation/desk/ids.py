"""Parse ids from forms and queries. The router parses ids in paths."""

from uuid import UUID

from flask_babel import gettext as _

from moderation.web.problems import Problem


def read_id(value: str) -> UUID:
    """Parse an id. Raises Problem: 422."""
    try:
        return UUID(value)
    except ValueError:
        raise Problem(422, _("Invalid ID")) from None
