"""The people of the sites that an editor may see."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from moderation.domain.accounts.roles import OWNER, Role
from moderation.models import Editor, Membership
from moderation.services.accounts.access import site_ids
from moderation.services.accounts.standing import IS_ENABLED

Roles = dict[UUID, Role]


def colleagues_of(
    session: Session, editor: Editor, site: UUID | None = None
) -> Sequence[tuple[Editor, Roles]]:
    """Return the active editors of the visible sites by name, each with the roles on these sites.

    Owners see every site without a role. They are listed if the caller sees at least one site.
    """
    visible = set(site_ids(session, editor, site))
    if not visible:
        return []
    members = select(Membership.editor_id).where(Membership.site_id.in_(visible))
    editors = session.scalars(
        select(Editor).where(
            or_(Editor.is_owner, Editor.id.in_(members)),
            IS_ENABLED,
        )
    ).all()
    return [
        (each, {place.site_id: place.role for place in each.memberships if place.site_id in visible})
        for each in sorted(editors, key=lambda each: each.display_name.lower())
    ]


def role_on(editor: Editor, site_id: UUID) -> Role | Literal["owner"]:
    """Return the editor's role on a visible site; `owner` for owners."""
    if editor.is_owner:
        return OWNER
    return next(place.role for place in editor.memberships if place.site_id == site_id)
