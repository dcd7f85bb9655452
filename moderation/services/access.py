"""Who may see and do what. The one place that knows; everything unknown or foreign looks absent."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.models import Editor, Site

_DECIDING = frozenset({"editor", "admin"})


class Forbidden(PermissionError):
    """The editor sees this, but may not do that."""


def visible(editor: Editor, site_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """A WHERE condition: rows of the sites that the editor may see."""
    if editor.is_owner:
        return true()
    ids = [membership.site_id for membership in editor.memberships]
    return site_id.in_(ids) if ids else false()


def sites_of(session: Session, editor: Editor) -> Sequence[Site]:
    """The sites that the editor may see, by name."""
    return session.scalars(select(Site).where(visible(editor, Site.id)).order_by(Site.name)).all()


def site_ids(session: Session, editor: Editor, only: UUID | None = None) -> list[UUID]:
    """The ids of the sites that the editor may see: all of them, or that one if it is among them."""
    return [site.id for site in sites_of(session, editor) if only in (None, site.id)]


def may_decide(editor: Editor, site_id: UUID) -> bool:
    """Whether the editor may decide cases of the site: viewers only read."""
    return editor.is_owner or any(
        membership.site_id == site_id and membership.role in _DECIDING for membership in editor.memberships
    )


def may_run(editor: Editor, site_id: UUID) -> bool:
    """Whether the editor may change the site itself: its settings, members and keys."""
    return editor.is_owner or any(
        membership.site_id == site_id and membership.role == "admin" for membership in editor.memberships
    )
