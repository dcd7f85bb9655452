"""Assign a case to an editor."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, lazyload

from moderation.models import Case, Editor, Membership
from moderation.services.accounts.access import DECIDING
from moderation.services.accounts.standing import is_enabled
from moderation.services.cases.read import editable_case
from moderation.services.conflicts import repeats_lost


class CannotAssign(ValueError):
    """No enabled editor with this id decides cases of the site."""


@repeats_lost
def assign(session: Session, editor: Editor, case_id: UUID, assignee_id: UUID | None) -> Case:
    """Assign a case to an editor of its site; None unassigns it.

    Raises UnknownCase, Forbidden, CannotAssign.
    """
    case = editable_case(session, editor, case_id, lock=True)
    candidates = {candidate.id for candidate in assignable(session, [case.site_id])}
    if assignee_id is not None and assignee_id not in candidates:
        raise CannotAssign
    case.assignee_id, case.assigned_by = assignee_id, "person"
    session.commit()
    return case


def assignable(session: Session, site_ids: Collection[UUID]) -> Sequence[Editor]:
    """Return the enabled editors who decide cases of at least one of these sites, by name."""
    return [editor for editor in assignees_to_filter(session, site_ids) if is_enabled(editor)]


def assignees_to_filter(session: Session, site_ids: Collection[UUID]) -> Sequence[Editor]:
    """Return the assignable editors and the disabled ones, whose cases somebody else must find."""
    members = select(Membership.editor_id).where(
        Membership.site_id.in_(site_ids), Membership.role.in_(DECIDING)
    )
    query = select(Editor).where(or_(Editor.is_owner, Editor.id.in_(members)))
    editors = session.scalars(query.options(lazyload(Editor.memberships)))
    return sorted(editors, key=lambda editor: editor.display_name.lower())
