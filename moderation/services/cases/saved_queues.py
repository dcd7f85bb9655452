"""Queues that an editor comes back to, by name."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.models import Editor, SavedView

MOST = 20
LONGEST_NAME = 60


class InvalidName(ValueError):
    """A view's name has 1 to LONGEST_NAME characters."""


class TooManyViews(ValueError):
    """The editor has MOST views already."""


class UnknownView(LookupError):
    """The editor has no view with this id."""


class NameTaken(ValueError):
    """Another view of the editor has this name."""


def views_of(session: Session, editor: Editor) -> Sequence[SavedView]:
    """The editor's views, oldest first."""
    return session.scalars(
        select(SavedView).where(SavedView.editor_id == editor.id).order_by(SavedView.id)
    ).all()


def save_view(session: Session, editor: Editor, name: str, query: str) -> None:
    """Keep a queue's query under a name; the same name again replaces it.

    Raises InvalidName, TooManyViews.
    """
    name = _checked(name)
    others = select(func.count()).where(SavedView.editor_id == editor.id, SavedView.name != name)
    if (session.scalar(others) or 0) >= MOST:
        raise TooManyViews
    session.execute(
        insert(SavedView)
        .values(editor_id=editor.id, name=name, query=query)
        .on_conflict_do_update(index_elements=["editor_id", "name"], set_={"query": query})
    )
    session.commit()


def rename_view(session: Session, editor: Editor, view_id: UUID, name: str) -> None:
    """Give a view of the editor another name. Raises UnknownView, InvalidName, NameTaken."""
    view = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.editor_id == editor.id))
    if view is None:
        raise UnknownView
    view.name = _checked(name)
    try:
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise NameTaken from error


def _checked(name: str) -> str:
    """Return a name without the spaces around it. Raises InvalidName."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidName
    return name


def drop_view(session: Session, editor: Editor, view_id: UUID) -> tuple[str, str] | None:
    """Delete a view of the editor, and return its name and query. None: the editor has no such view."""
    own = (SavedView.id == view_id, SavedView.editor_id == editor.id)
    dropped = session.execute(
        delete(SavedView).where(*own).returning(SavedView.name, SavedView.query)
    ).first()
    session.commit()
    return (dropped.name, dropped.query) if dropped else None
