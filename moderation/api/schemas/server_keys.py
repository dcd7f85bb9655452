"""Schemas of server keys."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.times import Time
from moderation.models import ServerKey
from moderation.models.server_key import ServerScope
from moderation.services.sites.server_keys import NAME_LENGTH

KeyName = Annotated[str, Meta(min_length=1, max_length=NAME_LENGTH, pattern=r"\S")]


class ServerKeyIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A new server key: what it is for."""

    name: KeyName


class ServerKeyOut(msgspec.Struct, frozen=True):
    """A server key. `key` is there only once: when it is new."""

    id: UUID
    name: str
    scopes: list[ServerScope]
    created_at: Time
    last_used_at: Time | None
    """To the minute."""
    key: str | None = None

    @classmethod
    def of(cls, stored: ServerKey, key: str | None = None) -> "ServerKeyOut":
        """Make the API's form of a server key."""
        return cls(stored.id, stored.name, stored.scopes, stored.created_at, stored.last_used_at, key)


class ServerKeyList(msgspec.Struct, frozen=True):
    """The server keys of a site, newest first."""

    items: list[ServerKeyOut]
