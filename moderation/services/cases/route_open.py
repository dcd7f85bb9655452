"""Apply a site's rules to the cases that are open already, when an admin asks for it, and take that back.

Rules work by themselves on new cases only, and when a page states another section or author.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.models import Case, Editor, Page, Site
from moderation.services.accounts.standing import may_still_decide
from moderation.services.cases.lock import lock_cases
from moderation.services.cases.routing import route_of
from moderation.services.sites.audit import note

MOST = 2000
"""Cases of one request. With more, the page offers the rest afterwards."""
_FREE = or_(Case.assigned_by == "rule", Case.assigned_by.is_(None) & Case.assignee_id.is_(None))
_OPEN = (Case.status == "open") & _FREE


class Assigned(msgspec.Struct, frozen=True):
    """A case that was assigned: to whom, and to whom before."""

    case: UUID
    to: UUID
    before: UUID | None


def count_assignable(session: Session, site: Site) -> int:
    """Count the open cases that the rules would assign to somebody else than now."""
    count = 0
    for condition in _by_member(session, site).values():
        count += session.scalar(select(func.count()).where(condition)) or 0
    return count


def apply_to_open(session: Session, editor: Editor, site: Site) -> Sequence[Assigned]:
    """Assign at most MOST open cases by the rules, except those that a person assigned or unassigned."""
    done: list[Assigned] = []
    for member, condition in _by_member(session, site).items():
        if len(done) < MOST:
            for case in lock_cases(session, condition, most=MOST - len(done)):
                done.append(Assigned(case.id, member, case.assignee_id))
                case.assignee_id, case.assigned_by = member, "rule"
            session.commit()  # the locks of the next member's cases begin anew
    note(session, site.id, editor, "routing.applied", cases=len(done))
    session.commit()
    return done


def take_back(session: Session, editor: Editor, site: Site, assigned: Sequence[Assigned]) -> int:
    """Give cases back to whom they were assigned before. Returns their number.

    A case that somebody assigned or decided since stays as it is.
    """
    known = {one.case: one for one in assigned}
    count = 0
    for case in lock_cases(session, Case.id.in_(known), Case.site_id == site.id, _OPEN):
        if case.assignee_id == known[case.id].to:
            case.assignee_id = known[case.id].before
            case.assigned_by = "rule" if case.assignee_id else None
            count += 1
    note(session, site.id, editor, "routing.taken_back", cases=count)
    session.commit()
    return count


def _by_member(session: Session, site: Site) -> dict[UUID, ColumnElement[bool]]:
    """Return which cases each member of the rules should get and does not have."""
    if not site.settings.routes:
        return {}
    has_open = exists().where(Case.page_id == Page.id, _OPEN)
    pages: dict[UUID, list[UUID]] = {}
    for page in session.scalars(select(Page).where(Page.site_id == site.id, has_open)):
        route = route_of(site, page)
        if route is not None and route.member is not None:
            pages.setdefault(route.member, []).append(page.id)
    members = session.scalars(select(Editor).where(Editor.id.in_(pages)).order_by(Editor.id))
    return {
        member.id: Case.page_id.in_(pages[member.id]) & _OPEN & Case.assignee_id.is_distinct_from(member.id)
        for member in members
        if may_still_decide(member, site.id)
    }
