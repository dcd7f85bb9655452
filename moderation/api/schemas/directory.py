"""Schemas of sites and editors: the ids that filters ask for."""

from typing import Literal
from uuid import UUID

import msgspec

from moderation.domain.accounts.roles import Role


class SiteOut(msgspec.Struct, frozen=True):
    """A site that the token's editor can see. `role` is the editor's role on it."""

    id: UUID
    name: str
    site_key: str
    origins: list[str]
    role: Role | Literal["owner"]


class SiteList(msgspec.Struct, frozen=True):
    """The sites, by name."""

    items: list[SiteOut]


class RoleOut(msgspec.Struct, frozen=True):
    """An editor's role on a site."""

    site: UUID
    role: Role


class EditorOut(msgspec.Struct, frozen=True):
    """A colleague. Owners have every right on every site and need no roles."""

    id: UUID
    name: str
    email: str
    is_owner: bool
    is_me: bool
    """Whether this is the token's editor."""
    roles: list[RoleOut]


class EditorList(msgspec.Struct, frozen=True):
    """The editors, by name."""

    items: list[EditorOut]


class EditorQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Query of editors: one site."""

    site: UUID | None = None
