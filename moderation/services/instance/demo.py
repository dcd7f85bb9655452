"""The demo: a site whose articles this instance serves, and an owner account for the desk."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Site
from moderation.services.accounts.editors import add_editor, any_editor
from moderation.services.sites.add import add_site

SITE = "Corrigenda demo"
OWNER = "owner@corrigenda.example"


@dataclass(frozen=True, slots=True)
class Owner:
    """A new account. Its password can be shown only now."""

    email: str
    password: str


def demo_site_key(session: Session) -> str | None:
    """Return the demo site's key, or None without a demo."""
    return session.scalar(select(Site.site_key).where(Site.name == SITE))


def seed_demo(session: Session, base_url: str) -> None:
    """Create the demo site if it is missing, and add the current base URL to its origins."""
    if demo_site_key(session) is None:
        add_site(session, SITE, [base_url])
        return
    site = session.scalars(select(Site).where(Site.name == SITE)).one()
    if base_url not in site.operator_origins:
        site.origins = sorted({*site.origins, base_url})
        site.operator_origins = sorted({*site.operator_origins, base_url})
        session.commit()


def seed_owner(session: Session) -> Owner | None:
    """Create the first owner if the instance has no account. Returns None otherwise."""
    if any_editor(session):
        return None
    owner = Owner(OWNER, secrets.token_urlsafe(12))
    add_editor(session, owner.email, owner.password, role=None, site=None)
    return owner
