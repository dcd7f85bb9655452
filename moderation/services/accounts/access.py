"""Access rules: what an editor may see and do. Rows of other sites look as if they do not exist."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.domain.accounts.roles import Role
from moderation.models import Editor, Site

DECIDING: frozenset[Role] = frozenset({"editor", "admin"})
_RUNNING: frozenset[Role] = frozenset({"admin"})


class Forbidden(PermissionError):
    """The editor may see this, but the role does not allow the action. Example: a viewer cannot decide."""


class NotAdmin(Forbidden):
    """Only an admin of the site may do this."""


class NotOwner(Forbidden):
    """Only an owner of the instance may do this."""


def visible(editor: Editor, site_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return a WHERE condition for rows of the sites that the editor may see."""
    if editor.is_owner:
        return true()
    ids = [membership.site_id for membership in editor.memberships]
    return site_id.in_(ids) if ids else false()


def sites_of(session: Session, editor: Editor) -> Sequence[Site]:
    """Return the sites that the editor may see, by name."""
    return session.scalars(select(Site).where(visible(editor, Site.id)).order_by(Site.name)).all()


def site_ids(session: Session, editor: Editor, only: UUID | None = None) -> list[UUID]:
    """Return the ids of the sites that the editor may see, or of these only the site `only`."""
    if editor.is_owner:
        is_it = true() if only is None else Site.id == only
        return list(session.scalars(select(Site.id).where(is_it)))
    return [membership.site_id for membership in editor.memberships if only in (None, membership.site_id)]


def may_decide(editor: Editor, site_id: UUID) -> bool:
    """Return whether the editor may decide cases of the site. Viewers can only read."""
    return _has_role(editor, site_id, DECIDING)


def may_run(editor: Editor, site_id: UUID) -> bool:
    """Return whether the editor may change the site: its settings, members and keys."""
    return _has_role(editor, site_id, _RUNNING)


def _has_role(editor: Editor, site_id: UUID, roles: frozenset[Role]) -> bool:
    return editor.is_owner or any(
        membership.site_id == site_id and membership.role in roles for membership in editor.memberships
    )
