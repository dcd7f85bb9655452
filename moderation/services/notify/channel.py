"""Channels of chats (Slack, Mattermost, Matrix, Discord, Teams, Telegram …), through the library Apprise.

The library is imported when a channel is opened: it takes 9 MB, and most processes open none.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.request import getproxies

import httpcore
from sqlalchemy.orm import Session

from moderation.models import Event, Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.notify import wanted
from moderation.services.notify.event_text import line_of, test_line
from moderation.services.notify.kind import Composed, NotDelivered, Parcel
from moderation.services.pages.bounded_requests import bounded_requests
from moderation.services.pages.network import Deadline, PrivateAddress, require_public, resolve
from moderation.services.pages.public_sockets import public_sockets
from moderation.services.secret_box import CannotOpen, unseal

if TYPE_CHECKING:
    from apprise import NotifyBase

KIND = "channel"
SCHEMES = frozenset(
    "slack mmost mmosts matrix matrixs discord msteams workflow workflows tgram zulip gchat".split()
)
"""Apprise's names of the chats that a site may use. The others could reach this machine's own network."""
_WITH_HOST = frozenset("mmost mmosts matrix matrixs workflow workflows".split())
"""Their addresses always name a host. Others may have a token in its place."""
_SECONDS = 8.0
SECONDS_IN_ALL = 30.0
"""For all requests of a message together. Matrix needs several."""
_LARGEST_ANSWER = 1024 * 1024
MOST_TARGETS = 20
"""Rooms, channels or users of one address."""


class InvalidChannel(ValueError):
    """The address cannot be used. The text says why."""


@dataclass(frozen=True, slots=True)
class ChannelKind(wanted.Wanting):
    """Sends one message per event, or a digest."""

    secret_keys: SecretKeys
    base_url: str
    seconds: float = SECONDS_IN_ALL

    def compose(
        self,
        session: Session,
        subscriber: Subscriber,
        events: Sequence[Event],
        now: datetime,  # noqa: ARG002
    ) -> Composed | None:
        """Return a text with a paragraph per event that the channel wants."""
        lang = subscriber.settings.get("lang", "en")
        told = wanted.wanted(session, subscriber, events)
        lines = [
            test_line(lang) if one.case is None else line_of(one.type, one.case, lang, self.base_url)
            for one in told
        ]
        return Composed("\n\n".join(lines), wanted.left_out(events, told)) if told else None

    def send(self, subscriber: Subscriber, parcel: Parcel) -> str:
        """Send the text. Raises NotDelivered."""
        try:
            url = unseal(self.secret_keys, "subscriber", subscriber.sealed or b"")
        except CannotOpen:
            raise NotDelivered(
                "the address cannot be read, because SECRET_KEY has changed: enter it again"
            ) from None
        try:
            service = open_channel(url)
        except InvalidChannel as error:
            raise NotDelivered(str(error), is_final=True) from None
        if not subscriber.is_operators:
            _require_public_host(service)
        from apprise import Apprise, NotifyFormat  # noqa: PLC0415

        sender = Apprise(asset=service.asset)
        sender.add(service)
        guard = nullcontext() if subscriber.is_operators or getproxies() else public_sockets()
        with guard, bounded_requests(self.seconds, _LARGEST_ANSWER):
            is_sent = sender.notify(body=parcel.request, body_format=NotifyFormat.TEXT)
        if not is_sent:
            raise NotDelivered(f"{service.service_name} did not accept the message: check the address")
        return f"{service.service_name}: ok"


def open_channel(url: str) -> "NotifyBase":
    """Return Apprise's sender of an address. Raises InvalidChannel."""
    scheme = url.partition("://")[0].lower()
    if scheme not in SCHEMES and not url.startswith("https://"):
        raise InvalidChannel(f"an address of a chat begins with one of: {', '.join(sorted(SCHEMES))}")
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415
    from apprise.plugins.matrix import NotifyMatrix  # noqa: PLC0415

    asset = AppriseAsset(http_redirects=False, app_id="Corrigenda", app_desc="Corrigenda")
    service = Apprise.instantiate(url, asset=asset)
    if service is None or not _schemes(service) & SCHEMES:
        raise InvalidChannel("this is no address of a chat: docs/integrations.md has examples")
    if getattr(service, "template", None):
        raise InvalidChannel("templates are files of this machine: leave `template` out of the address")
    if len(service) > MOST_TARGETS * (service.retry + 1):
        raise InvalidChannel(f"an address has at most {MOST_TARGETS} channels: add another one")
    if isinstance(service, NotifyMatrix):
        service.discovery = False  # a server could name this machine's own network
    _bound(service)
    return service


def _bound(service: "NotifyBase") -> None:
    """Take back what an address can ask for: redirects, a message in parts, repetitions with pauses."""
    from apprise.common import OverflowMode  # noqa: PLC0415

    service.socket_connect_timeout = service.socket_read_timeout = _SECONDS / 2
    service.redirects, service.retry, service.wait = False, 0, 0.0
    service.overflow_mode = OverflowMode.UPSTREAM


def _schemes(service: "NotifyBase") -> set[str]:
    """Return the names of a service: each of the two fields has one, several, or none."""
    fields = (service.protocol, service.secure_protocol)
    names: set[str] = set()
    for field in fields:
        names.update([field] if isinstance(field, str) else field or ())
    return names


def _require_public_host(service: "NotifyBase") -> None:
    host, port = getattr(service, "host", None), getattr(service, "port", None) or 443
    if not host or ("." not in host and not _schemes(service) & _WITH_HOST):
        return
    try:
        require_public(host, resolve(host, port, Deadline(_SECONDS)))
    except PrivateAddress as error:
        raise NotDelivered(str(error)) from None
    except (httpcore.ConnectError, httpcore.ReadTimeout) as error:
        raise NotDelivered(f"no answer: {error}") from None
