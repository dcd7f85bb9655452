"""A member's own mail about a site: what it is about, and ending it by a link."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, Site, Subscriber
from moderation.models.event import EVENT_TYPES
from moderation.secret_keys import SecretKeys
from moderation.services.notify.channels import check_time_zone, heard
from moderation.services.notify.mailbox import KIND
from moderation.services.notify.subscribers import UnknownSubscriber
from moderation.services.secret_links import UnknownToken, read_token


def own_mail(session: Session, editor: Editor, site: Site) -> Subscriber | None:
    """Return the member's subscription to mail about the site."""
    own = (Subscriber.site_id == site.id) & (Subscriber.editor_id == editor.id)
    return session.scalar(select(Subscriber).where(own, Subscriber.kind == KIND))


def save_own_mail(
    session: Session, editor: Editor, site: Site, *, events: Sequence[str], is_on: bool, **settings: Any
) -> Subscriber:
    """Store what the member wants to hear. Raises InvalidSubscriber."""
    check_time_zone(settings["time_zone"])
    # One save at a time, so that two clicks make one subscription.
    session.get_one(Editor, editor.id, with_for_update=True)
    mail = own_mail(session, editor, site) or Subscriber(
        id=uuid7(), site_id=site.id, kind=KIND, editor_id=editor.id, name=editor.email
    )
    hears = heard(events, settings["min_readers"])
    mail.hears = [type_ for type_ in EVENT_TYPES if type_ in hears]
    kept = {name: value for name, value in settings.items() if value is not None}
    mail.settings = {**kept, "events": list(events)}
    mail.is_on = is_on
    session.add(mail)
    session.commit()
    return mail


def mail_of_token(session: Session, secret_keys: SecretKeys, token: str) -> Subscriber:
    """Return the subscription of a link in a mail. Raises UnknownSubscriber."""
    try:
        subscriber = session.get(Subscriber, read_token(secret_keys, "unsubscribe", token))
    except UnknownToken:
        subscriber = None
    if subscriber is None or subscriber.kind != KIND:
        raise UnknownSubscriber("unsubscribe")
    return subscriber


def end_mail(session: Session, mail: Subscriber) -> None:
    """Switch the mail off."""
    mail.is_on = False
    session.commit()
