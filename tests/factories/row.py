"""What all factories share."""

from datetime import UTC, datetime

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session

NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


class Row(SQLAlchemyModelFactory):
    """Make a row and commit it.

    A parent that the row needs is made with it. Name your own by its row and not by its id:
    `SuggestionFactory(case=case)`. A parent that may be NULL stays NULL; name it by its id.
    """

    class Meta:
        abstract = True
        sqlalchemy_session_persistence = "commit"


def bind(session: Session) -> None:
    """Make every factory write through this session."""
    for row_factory in Row.__subclasses__():
        row_factory._meta.sqlalchemy_session = session
