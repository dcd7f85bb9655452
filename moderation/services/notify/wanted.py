"""The settings that channels and mailboxes share: the wanted events, and the times for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.domain.notify.digest import digest_time, quiet_until
from moderation.domain.sites.routes import in_sections
from moderation.models import Case, Delivery, Event, Subscriber
from moderation.services.cases.routing import route_of
from moderation.services.notify.event_data import case_of
from moderation.services.notify.kind import TESTS

WHEN = ("at_once", "hourly", "daily")
_OPENING = ("case.opened", "report.received")


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a message tells, and its case; None for a test."""

    event_id: UUID
    type: str
    """A report that reaches the number of readers is told as a new case."""
    case: Case | None


class Wanting:
    """A kind of subscriber with these settings."""

    __slots__ = ()

    def is_bundled(self, subscriber: Subscriber) -> bool:
        """Return whether the subscriber gets digests."""
        return bool(subscriber.settings.get("when", "at_once") != "at_once")

    def never_waits(self) -> Sequence[str]:
        """Return the events that ignore quiet hours and digests: tests."""
        return TESTS

    def not_before(self, subscriber: Subscriber, now: datetime, since: datetime) -> datetime:
        """Return the time of the digest, or the end of the quiet hours."""
        settings = subscriber.settings
        zone = settings.get("time_zone", "UTC")
        if self.is_bundled(subscriber):
            return digest_time(now, since, settings["when"], settings.get("daily_at", 9), zone)
        return quiet_until(now, settings.get("quiet_from"), settings.get("quiet_to"), zone) or now


def wanted(session: Session, subscriber: Subscriber, events: Sequence[Event]) -> list[Told]:
    """Return the events that the subscriber wants to hear. Each case is announced once."""
    told = []
    announced: set[UUID] = set()
    for event in events:
        if event.type == "test":
            told.append(Told(event.id, "test", None))
            continue
        case = case_of(session, event)
        if case is None or not _wants(session, subscriber, event, case):
            continue
        if event.type in _OPENING:
            if case.id in announced:
                continue
            announced.add(case.id)
        told.append(Told(event.id, _type_of(subscriber, event), case))
    return told


def left_out(events: Sequence[Event], told: Sequence[Told]) -> frozenset[UUID]:
    """Return the events that are not told."""
    return frozenset(event.id for event in events) - {one.event_id for one in told}


def _type_of(subscriber: Subscriber, event: Event) -> str:
    reaches = event.type == "report.received" and subscriber.settings.get("min_readers", 1) > 1
    return "case.opened" if reaches else event.type


def _wants(session: Session, subscriber: Subscriber, event: Event, case: Case) -> bool:
    settings = subscriber.settings
    if not _is_meant(subscriber, case):
        return False
    if event.type not in _OPENING:
        return True
    least = settings.get("min_readers", 1)
    if event.type == "report.received" and least <= 1:
        return "report.received" in settings.get("events", ())
    return case.status == "open" and case.reader_count >= least and not _is_told(session, subscriber, case)


def _is_meant(subscriber: Subscriber, case: Case) -> bool:
    """Return whether cases of this page are for the subscriber: by a rule of the site, or by their sections.

    A channel that a rule names hears what the rules send to it, and nothing else.
    """
    settings, page = subscriber.settings, case.page
    if subscriber.editor_id is not None:
        is_own = case.assignee_id == subscriber.editor_id
        if is_own or settings.get("assigned_only"):
            return is_own
    elif any(route.channel == subscriber.id for route in case.site.settings.routes):
        route = route_of(case.site, page)
        return route is not None and route.channel == subscriber.id
    return in_sections(settings.get("section", "").splitlines(), page.section, page.url)


def _is_told(session: Session, subscriber: Subscriber, case: Case) -> bool:
    told = exists().where(
        Delivery.subscriber_id == subscriber.id,
        Delivery.case_id == case.id,
        Delivery.result == "sent",
        Delivery.event_id == Event.id,
        Event.type.in_(_OPENING),
    )
    return bool(session.scalar(select(told)))
