"""Grants to the groups of an identity provider: a role on a site, or owner of the instance."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.accounts.roles import OWNER, ROLES, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """The grant to one group: a role on the named site, or owner of the instance if there is no site."""

    group: str
    site: str | None
    role: Role | None


def read_grants(text: str) -> Sequence[Grant]:
    """Parse grants such as `group=Site name:role; group=owner`. Raises ValueError with an explanation."""
    return [_read_grant(part.strip()) for part in text.split(";") if part.strip()]


def _read_grant(text: str) -> Grant:
    group, equals, what = (part.strip() for part in text.partition("="))
    if group and what == OWNER:
        return Grant(group, None, None)
    site, colon, role = (part.strip() for part in what.rpartition(":"))
    if not (group and equals and colon and site and role in ROLES):
        raise ValueError(f"{text!r}: write group=Site name:{'|'.join(ROLES)}, or group=owner")
    return Grant(group, site, role)
