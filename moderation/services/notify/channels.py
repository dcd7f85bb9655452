"""Channels of a site: add and change them."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, Site, Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.notify.channel import KIND, InvalidChannel, open_channel
from moderation.services.notify.subscribers import InvalidSubscriber, save
from moderation.services.secret_box import seal


def save_channel(
    session: Session,
    editor: Editor,
    site: Site,
    subscriber: Subscriber | None,
    *,
    secret_keys: SecretKeys,
    name: str,
    url: str,
    events: Sequence[str],
    is_on: bool = True,
    **settings: Any,
) -> Subscriber:
    """Add a channel (`subscriber` is None) or change one. An empty address keeps the present one.

    Raises InvalidSubscriber.
    """
    channel = subscriber or Subscriber(id=uuid7(), site_id=site.id, kind=KIND)
    if url.strip() or subscriber is None:
        try:
            open_channel(url.strip())
        except InvalidChannel as error:
            raise InvalidSubscriber("url", "bad_address", str(error)) from None
        channel.sealed = seal(secret_keys, "subscriber", url.strip())
        channel.is_operators = editor.is_owner
    check_time_zone(settings["time_zone"])
    hears = heard(events, settings["min_readers"])
    kept = {key: value for key, value in settings.items() if value is not None}
    save(
        session,
        editor,
        site,
        channel,
        name=name,
        hears=hears,
        settings={**kept, "events": list(events)},
        is_on=is_on,
        is_operators=channel.is_operators,
    )
    return channel


def check_time_zone(name: str) -> None:
    """Raise InvalidSubscriber if there is no such time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones
        raise InvalidSubscriber(
            "time_zone", "bad_time_zone", "a time zone is a name such as Europe/Moscow"
        ) from None


def heard(events: Sequence[str], min_readers: int) -> list[str]:
    """Return the events that must become deliveries: also the report that reaches the number."""
    reports = ["report.received"] if "case.opened" in events and min_readers > 1 else []
    return [*events, *reports]
