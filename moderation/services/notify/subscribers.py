"""Webhooks of a site: add, change, remove, try out. The audit log records every step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.sites.limits import URL_LENGTH
from moderation.domain.sites.urls import InvalidUrl, origin_of
from moderation.models import Editor, Event, Site, Subscriber
from moderation.models.event import EVENT_TYPES
from moderation.secret_keys import SecretKeys
from moderation.services.events import deliver_to
from moderation.services.notify.webhook import KIND
from moderation.services.notify.webhook_secrets import rotate_secret, set_secret
from moderation.services.secret_box import CannotOpen
from moderation.services.sites.audit import note
from moderation.services.sites.lock import take_turn

MOST = 50
"""Webhooks and channels of one site."""
LONGEST_NAME = 100


class UnknownSubscriber(LookupError):
    """The site has no webhook or channel with this id."""


Reason = Literal[
    "too_many",
    "bad_name",
    "no_event",
    "bad_address",
    "bad_time_zone",
    "bad_token",
    "no_bot",
    "token_refused",
    "no_answer",
    "needs_https",
    "bot_taken",
    "no_token",
    "token_lost",
    "secret_lost",
    "bad_chat",
]


class InvalidSubscriber(ValueError):
    """A webhook or channel cannot work with these values. The text says why, for the API.

    The desk translates the reason (web/labels/subscribers.py).
    """

    def __init__(self, field: str, reason: Reason, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.reason = reason


def subscribers_of(session: Session, site: Site) -> Sequence[Subscriber]:
    """Return the site's webhooks and channels, oldest first. Members' own subscriptions are left out."""
    is_sites = (Subscriber.site_id == site.id) & Subscriber.editor_id.is_(None)
    return session.scalars(select(Subscriber).where(is_sites).order_by(Subscriber.id)).all()


def get_subscriber(session: Session, site: Site, subscriber_id: UUID) -> Subscriber:
    """Return one webhook or channel of the site. Raises UnknownSubscriber."""
    found = session.get(Subscriber, subscriber_id)
    if found is None or found.site_id != site.id or found.editor_id is not None:
        raise UnknownSubscriber(subscriber_id)
    return found


def add_webhook(
    session: Session,
    editor: Editor,
    site: Site,
    *,
    name: str,
    url: str,
    events: Sequence[str],
    secret_keys: SecretKeys,
) -> tuple[Subscriber, str]:
    """Add a webhook. Returns it with its secret, which is shown once. Raises InvalidSubscriber."""
    subscriber = Subscriber(id=uuid7(), site_id=site.id, kind=KIND, settings={"url": _checked_url(url)})
    secret = set_secret(secret_keys, subscriber)
    save(session, editor, site, subscriber, name=name, hears=events)
    return subscriber, secret


def change_webhook(
    session: Session,
    editor: Editor,
    site: Site,
    subscriber: Subscriber,
    *,
    name: str,
    url: str,
    events: Sequence[str],
    is_on: bool,
) -> None:
    """Change a webhook. Raises InvalidSubscriber."""
    settings = {"url": _checked_url(url)}
    save(session, editor, site, subscriber, name=name, hears=events, settings=settings, is_on=is_on)


def save(
    session: Session,
    editor: Editor,
    site: Site,
    subscriber: Subscriber,
    *,
    name: str,
    hears: Sequence[str],
    **values: Any,
) -> None:
    """Store a new or changed subscriber of the site, with an audit entry. Raises InvalidSubscriber.

    A new address may be a private host only if an owner enters it.
    """
    is_new = subscriber.created_at is None
    if is_new:
        take_turn(session, site)
    if is_new and len(subscribers_of(session, site)) >= MOST:
        raise InvalidSubscriber(
            "name", "too_many", f"a site has at most {MOST} webhooks and channels: remove one first"
        )
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidSubscriber("name", "bad_name", f"a name has 1 to {LONGEST_NAME} characters in one line")
    wrong = sorted(set(hears) - set(EVENT_TYPES))
    if wrong or not hears:
        raise InvalidSubscriber("events", "no_event", f"choose at least one of: {', '.join(EVENT_TYPES)}")
    if is_new or values.get("settings", subscriber.settings) != subscriber.settings:
        subscriber.is_operators = editor.is_owner
    subscriber.name = name.strip()
    subscriber.hears = [type_ for type_ in EVENT_TYPES if type_ in hears]
    for field, value in values.items():
        setattr(subscriber, field, value)
    session.add(subscriber)
    note(
        session, site.id, editor, "integration.added" if is_new else "integration.changed", name=name.strip()
    )
    session.commit()


def rotate(
    session: Session,
    editor: Editor,
    site: Site,
    subscriber: Subscriber,
    now: datetime,
    *,
    secret_keys: SecretKeys,
) -> str:
    """Give a webhook a new secret, and return it. The old one stays valid for a day.

    Raises InvalidSubscriber.
    """
    try:
        secret = rotate_secret(secret_keys, subscriber, now)
    except CannotOpen:
        raise InvalidSubscriber(
            "secret",
            "secret_lost",
            "the old secret cannot be read: SECRET_KEY has changed. Remove the webhook and add it again",
        ) from None
    note(session, site.id, editor, "integration.secret_rotated", name=subscriber.name)
    session.commit()
    return secret


def remove(session: Session, editor: Editor, site: Site, subscriber: Subscriber) -> None:
    """Remove a webhook or channel with its deliveries."""
    note(session, site.id, editor, "integration.removed", name=subscriber.name)
    session.delete(subscriber)
    session.commit()


def send_test(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Send a test through the queue, so that the list of deliveries shows what came of it."""
    event = Event(
        id=uuid7(),
        site_id=subscriber.site_id,
        type="test",
        subject_id=uuid7(),
        case_id=uuid7(),
        occurred_at=now,
    )
    session.add(event)
    session.flush()
    deliver_to(session, event, subscriber)
    subscriber.paused_until = None
    session.commit()


def _checked_url(url: str) -> str:
    url = url.strip()
    try:
        origin_of(url)
    except InvalidUrl as error:
        raise InvalidSubscriber("url", "bad_address", str(error)) from None
    if len(url) > URL_LENGTH or urlsplit(url).username is not None:
        raise InvalidSubscriber(
            "url", "bad_address", "an address has at most 2,048 characters, and no user and password"
        )
    return url
