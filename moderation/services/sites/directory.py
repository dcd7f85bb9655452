"""Find a site by its public key or by its name."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Engine, and_, func, or_, select
from sqlalchemy.orm import Session

from moderation.domain.sites.settings import SiteSettings
from moderation.models import Installation, Site


class UnknownSite(LookupError):
    """No site has this name or id, or the editor may not see it."""


class UnknownSiteKey(UnknownSite):
    """No site has this key."""


class KnownSite(msgspec.Struct, frozen=True):
    """The data of a site that intake needs."""

    id: UUID
    key: str
    origins: tuple[str, ...]
    settings: SiteSettings
    name: str = ""
    test_reader: bytes | None = None
    """Reports of this reader are tests until `test_until`."""
    test_until: datetime | None = None

    def is_tested_by(self, reader_hash: bytes, now: datetime) -> bool:
        """Return whether a report of this reader is a test."""
        return self.test_until is not None and self.test_reader == reader_hash and now < self.test_until


_KNOWN = select(
    Site.id,
    Site.site_key,
    Site.origins,
    Site.settings,
    Site.name,
    Installation.test_reader,
    Installation.test_until,
).outerjoin(Installation, Installation.site_id == Site.id)


class SiteDirectory:
    """Cache of sites by key, for some seconds: intake needs the site for every report."""

    def __init__(self, engine: Engine, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._seconds = seconds
        self._clock = clock
        self._known: dict[str, tuple[float, KnownSite]] = {}

    def find(self, site_key: str) -> KnownSite:
        """Return the site with this key. Raises UnknownSiteKey. Unknown keys are not cached."""
        if not site_key.isascii() or not site_key.isprintable():  # PostgreSQL refuses U+0000
            raise UnknownSiteKey(site_key)
        known = self._known.get(site_key)
        if known is not None and self._clock() < known[0]:
            return known[1]
        with self._engine.connect() as connection:
            row = connection.execute(_KNOWN.where(_has_key(site_key))).first()
        if row is None:
            self._known.pop(site_key, None)
            raise UnknownSiteKey(site_key)
        site = KnownSite(
            row.id, site_key, tuple(row.origins), row.settings, row.name, row.test_reader, row.test_until
        )
        if self._seconds:
            self._known[site_key] = (self._clock() + self._seconds, site)
        return site

    def forget(self) -> None:
        """Clear the cache of this process."""
        self._known.clear()


def _has_key(site_key: str) -> ColumnElement[bool]:
    """Match the site's key, or its previous key while that is still valid."""
    before = and_(Site.previous_key == site_key, Site.previous_key_until > func.now())
    return or_(Site.site_key == site_key, before)


def all_sites(session: Session) -> Sequence[Site]:
    """Return all sites of the instance, by name."""
    return session.scalars(select(Site).order_by(Site.name)).all()


def find_site(session: Session, name: str) -> Site:
    """Return the site with this name. Raises UnknownSite."""
    site = session.scalar(select(Site).where(Site.name == name))
    if site is None:
        raise UnknownSite(name)
    return site
