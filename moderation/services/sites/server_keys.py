"""Server keys: a site's own back end reports for its readers."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Editor, ServerKey, Site
from moderation.models.server_key import ServerScope
from moderation.services.sites.audit import note
from moderation.services.sites.lock import take_turn

PREFIX = "sk_"
NAME_LENGTH = 100
MOST = 20
_NOTED_EVERY = timedelta(minutes=1)


class TooManyServerKeys(ValueError):
    """The site has the largest allowed number of server keys."""


class UnknownServerKey(LookupError):
    """No site has this server key, or it lacks the scope."""


class MissingServerKey(LookupError):
    """The site has no server key with this id."""


def add_server_key(session: Session, by: Editor | None, site: Site, name: str) -> tuple[ServerKey, str]:
    """Create a key for the site, and return its row and its text, which can be shown only now.

    Raises TooManyServerKeys.
    """
    take_turn(session, site)
    if len(server_keys_of(session, site)) >= MOST:
        raise TooManyServerKeys
    key = PREFIX + secrets.token_urlsafe(32)
    stored = ServerKey(
        site_id=site.id,
        name=name.strip()[:NAME_LENGTH],
        digest=_digest(key),
        created_by=by.id if by else None,
    )
    session.add(stored)
    note(session, site.id, by, "server_key.created", name=stored.name)
    session.commit()
    return stored, key


def server_keys_of(session: Session, site: Site) -> Sequence[ServerKey]:
    """Return the site's server keys, newest first."""
    return session.scalars(
        select(ServerKey).where(ServerKey.site_id == site.id).order_by(ServerKey.id.desc())
    ).all()


def revoke_server_key(session: Session, by: Editor | None, site: Site, key_id: UUID) -> str:
    """Revoke a key of the site, and return its name. Raises MissingServerKey."""
    stored = session.scalar(select(ServerKey).where(ServerKey.id == key_id, ServerKey.site_id == site.id))
    if stored is None:
        raise MissingServerKey(key_id)
    name = stored.name
    session.delete(stored)
    note(session, site.id, by, "server_key.revoked", name=name)
    session.commit()
    return name


def use_server_key(session: Session, key: str, scope: ServerScope, now: datetime) -> ServerKey:
    """Return the key with this text, and store the time of its use. Raises UnknownServerKey."""
    stored = session.scalar(select(ServerKey).where(ServerKey.digest == _digest(key)))
    if stored is None or scope not in stored.scopes:
        raise UnknownServerKey
    if stored.last_used_at is None or now - stored.last_used_at >= _NOTED_EVERY:
        stored.last_used_at = now
        session.commit()
    return stored


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
