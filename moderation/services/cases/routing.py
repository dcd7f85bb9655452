"""Apply a site's rules to cases: assign them to a member, and tell a channel."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, func, literal, or_, select
from sqlalchemy.orm import Session

from moderation.domain.sites.routes import Route, first_route
from moderation.models import Case, Delivery, DeliveryBatch, Editor, Event, Page, Site, Subscriber
from moderation.services.accounts.standing import may_still_decide
from moderation.services.events import deliver_to


def route_of(site: Site, page: Page) -> Route | None:
    """Return the first rule of the site that fits the page."""
    routes = site.settings.routes
    return first_route(routes, section=page.section, authors=page.authors or (), url=page.url)


def assign_by_route(session: Session, page: Page, cases: Iterable[Case]) -> Route | None:
    """Assign open cases of a page to the member of the rule that fits, and return the rule.

    What a person assigned or unassigned stays as it is. The caller holds the cases' locks and commits.
    """
    site = session.get(Site, page.site_id)
    route = None if site is None else route_of(site, page)
    if route is None or route.member is None or not _may_be_assigned(session, route.member, page.site_id):
        return route
    for case in cases:
        is_free = case.assigned_by == "rule" or (case.assigned_by is None and case.assignee_id is None)
        if case.status == "open" and is_free:
            case.assignee_id, case.assigned_by = route.member, "rule"
    return route


def route_again(session: Session, page: Page, cases: Sequence[Case]) -> None:
    """Apply the rules to open cases after the page stated other authors or another section.

    The channel and the member of the rule are told of the cases now, and so is who wants to hear of some
    sections only. The caller holds the cases' locks and commits.
    """
    route = assign_by_route(session, page, cases)
    session.flush()
    _tell(session, page.site_id, route, [case.id for case in cases if case.status == "open"])


def _may_be_assigned(session: Session, editor_id: UUID, site_id: UUID) -> bool:
    editor = session.get(Editor, editor_id)
    return editor is not None and may_still_decide(editor, site_id)


def _tell(session: Session, site_id: UUID, route: Route | None, case_ids: Sequence[UUID]) -> None:
    """Deliver the opening of cases once more to those who did not want it before the page was read."""
    is_meant = Subscriber.settings["section"].astext != ""
    if route is not None:
        is_meant = or_(is_meant, Subscriber.id == route.channel, Subscriber.editor_id == route.member)
    subscribers = select(Subscriber).where(Subscriber.site_id == site_id, Subscriber.is_on, is_meant)
    for subscriber in session.scalars(
        subscribers.where(literal("case.opened") == func.any(Subscriber.hears))
    ).all():
        has_it = exists().where(
            Delivery.event_id == Event.id,
            Delivery.subscriber_id == subscriber.id,
            Delivery.result.is_distinct_from("unneeded"),
        )
        gets_it = exists().where(
            DeliveryBatch.subscriber_id == subscriber.id, Event.id == func.any(DeliveryBatch.event_ids)
        )
        opened = select(Event).where(Event.type == "case.opened", Event.subject_id.in_(case_ids))
        opened = opened.where(~has_it, ~gets_it)
        for event in session.scalars(opened.order_by(Event.id)).all():
            deliver_to(session, event, subscriber)
