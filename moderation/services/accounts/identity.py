"""The data of a person from an identity provider (the claims of OpenID Connect)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from moderation.domain.accounts.names import is_one_line
from moderation.services.accounts.editors import InvalidAccount

_LONGEST_AGE = 10**9
"""Seconds. A larger number is no time."""


class InvalidIdentity(InvalidAccount):
    """The identity provider's answer opens no account. The text says why.

    `reason` is a code for pages, which have their own texts in the language of the person.
    """

    def __init__(self, detail: str, reason: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at the identity provider. Only `subject` never changes."""

    subject: str
    email: str | None
    email_verified: bool
    name: str | None
    groups: frozenset[str]
    two_factor: bool = False
    """The provider checked two factors (`amr` holds `mfa`, RFC 8176)."""
    signed_in_before: timedelta | None = None
    """How long before the token the person signed in, by the provider's clock. None: it did not say."""


def read_identity(claims: Mapping[str, Any]) -> Identity:
    """Read the claims of a checked ID token. Raises InvalidIdentity."""
    subject = _text(claims, "sub")
    if subject is None:
        raise InvalidIdentity("the provider sent no subject (sub)", "no_subject")
    return Identity(
        subject=subject,
        email=_text(claims, "email"),
        email_verified=claims.get("email_verified") is True,
        name=_name(claims),
        groups=_groups(claims.get("groups")),
        two_factor=_has_two_factors(claims.get("amr")),
        signed_in_before=_age(claims.get("auth_time"), claims.get("iat")),
    )


def _text(claims: Mapping[str, Any], claim: str) -> str | None:
    value = claims.get(claim)
    return value if isinstance(value, str) and value else None


def _name(claims: Mapping[str, Any]) -> str | None:
    """Return the name with spaces instead of line ends; None if it still holds control characters."""
    name = " ".join((_text(claims, "name") or "").split())
    return name if name and is_one_line(name) else None


def _has_two_factors(methods: object) -> bool:
    return isinstance(methods, list) and "mfa" in methods


def _age(signed_in_at: object, issued_at: object) -> timedelta | None:
    """Return the time between two claims in seconds. None if one is missing or is no number."""
    if type(signed_in_at) not in (int, float) or type(issued_at) not in (int, float):
        return None
    seconds = float(issued_at) - float(signed_in_at)  # type: ignore[arg-type]
    return timedelta(seconds=seconds) if abs(seconds) < _LONGEST_AGE else timedelta(days=-1)


def _groups(value: object) -> frozenset[str]:
    """Read the groups. Some providers send a single group as a string. Raises InvalidIdentity."""
    groups = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
        raise InvalidIdentity("the provider's groups are not a list of names", "groups")
    return frozenset(groups)
