"""Add a site and change its settings."""

import secrets
from collections.abc import Sequence

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.domain.sites.settings import SiteSettings
from moderation.domain.sites.urls import origin_pattern
from moderation.models import Site


class NameTaken(ValueError):
    """Another site has this name."""


class InvalidSettings(ValueError):
    """A setting that cannot be; the text says which and why."""


def new_key() -> str:
    """A site key: public, and not to be guessed."""
    return "pk_" + secrets.token_urlsafe(18)


def add_site(session: Session, name: str, origins: Sequence[str]) -> Site:
    """A new site with a new key. Raises NameTaken, and InvalidUrl for an origin that is none."""
    site = Site(site_key=new_key())
    name_site(session, site, name, origins)
    session.commit()
    return site


def name_site(session: Session, site: Site, name: str, origins: Sequence[str]) -> None:
    """Give a site its name and origins. The caller commits. Raises NameTaken, InvalidUrl."""
    patterns = sorted({origin_pattern(origin) for origin in origins})
    site.name, site.origins = name.strip(), patterns
    session.add(site)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise NameTaken(name) from None


def settings_with(site: Site, **changed: object) -> SiteSettings:
    """The site's settings with something changed. Raises InvalidSettings."""
    try:
        return msgspec.convert(msgspec.to_builtins(site.settings) | changed, SiteSettings)
    except msgspec.ValidationError as error:
        raise InvalidSettings(str(error)) from None


def change_settings(session: Session, site: Site, **changed: object) -> SiteSettings:
    """Set what is named, leave the rest. Raises InvalidSettings."""
    site.settings = settings_with(site, **changed)
    session.commit()
    return site.settings
