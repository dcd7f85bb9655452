"""The demo: a site whose articles this instance serves, and the first owner's account."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from moderation.models import Case, Editor, Page, Report, Site
from moderation.services.accounts.access import NotOwner
from moderation.services.accounts.editors import add_editor, any_editor
from moderation.services.instance.demo_cases import COLLEAGUES
from moderation.services.sites.add import add_site
from moderation.services.sites.administer import delete_site

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


def seed_demo(session: Session, base_url: str) -> Site | None:
    """Create the demo site on an instance without accounts, and return it.

    On later starts add the current base URL to its origins. A demo that was removed does not come back.
    """
    site = session.scalar(select(Site).where(Site.name == SITE))
    if site is None:
        return None if any_editor(session) else add_site(session, SITE, [base_url])
    if base_url not in site.operator_origins:
        site.origins = sorted({*site.origins, base_url})
        site.operator_origins = sorted({*site.operator_origins, base_url})
        session.commit()
    return None


@dataclass(frozen=True, slots=True)
class DemoContents:
    """The sites and accounts that are removed with the demo."""

    site: Site
    pages: int
    cases: int
    reports: int
    colleagues: Sequence[str]


def demo_contents(session: Session, editor: Editor) -> DemoContents | None:
    """Return what removing the demo deletes; None without a demo. Raises NotOwner."""
    if not editor.is_owner:
        raise NotOwner
    site = session.scalar(select(Site).where(Site.name == SITE))
    if site is None:
        return None

    def count(model: type[Page | Case | Report]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(model.site_id == site.id)) or 0

    names = session.scalars(select(Editor.name).where(Editor.email.in_(COLLEAGUES)).order_by(Editor.name))
    return DemoContents(site, count(Page), count(Case), count(Report), [name for name in names if name])


def remove_demo(sessions: Callable[[], Session]) -> bool:
    """Delete the demo site with all that belongs to it, and its editors. Return whether there was one."""
    with sessions() as session:
        site_id = session.scalar(select(Site.id).where(Site.name == SITE))
    if site_id is None:
        return False
    delete_site(sessions, site_id)
    with sessions() as session:
        session.execute(delete(Editor).where(Editor.email.in_(COLLEAGUES)))
        session.commit()
    return True


def seed_owner(session: Session) -> Owner | None:
    """Create the first owner if the instance has no account. Returns None otherwise."""
    if any_editor(session):
        return None
    owner = Owner(OWNER, secrets.token_urlsafe(12))
    add_editor(session, owner.email, owner.password, role=None, site=None)
    return owner
