"""Site administration: create, change the key, export, delete. The audit log records every step."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.models import Editor, Report, Site
from moderation.services.accounts.access import NotAdmin, NotOwner, may_run, visible
from moderation.services.sites.add import add_site, new_key
from moderation.services.sites.audit import note
from moderation.services.sites.directory import UnknownSite

OVERLAP = timedelta(days=7)
"""The time for which the previous key stays valid."""
GRACE = timedelta(days=14)
"""The time between the request to delete a site and its deletion."""
_PART = 5000


def site_to_see(session: Session, editor: Editor, site_id: UUID) -> Site:
    """Return a site that the editor may see. Raises UnknownSite."""
    site = session.scalar(select(Site).where(Site.id == site_id, visible(editor, Site.id)))
    if site is None:
        raise UnknownSite(str(site_id))
    return site


def site_to_run(session: Session, editor: Editor, site_id: UUID) -> Site:
    """Return a site that the editor may change. Raises UnknownSite; NotAdmin if they may only see it."""
    site = site_to_see(session, editor, site_id)
    if not may_run(editor, site.id):
        raise NotAdmin
    return site


def make_site(session: Session, editor: Editor, name: str, origins: Sequence[str]) -> Site:
    """Create a site as an owner. Raises NotOwner, NameTaken, InvalidOrigin, InvalidSettings."""
    if not editor.is_owner:
        raise NotOwner
    return add_site(session, name, origins, editor=editor)


def rotate_key(session: Session, editor: Editor, site: Site, now: datetime) -> None:
    """Make a new site key. The previous key stays valid for OVERLAP, for pages that still carry it."""
    site.previous_key, site.previous_key_until = site.site_key, now + OVERLAP
    site.site_key = new_key()
    note(session, site.id, editor, "key.rotated", key=site.site_key)
    session.commit()


def end_previous_key(session: Session, editor: Editor, site: Site) -> None:
    """Invalidate the site's previous key now."""
    site.previous_key = site.previous_key_until = None
    note(session, site.id, editor, "key.ended")
    session.commit()


def note_export(session: Session, editor: Editor, site: Site) -> None:
    """Record in the audit log that the editor exported all data of the site."""
    note(session, site.id, editor, "site.exported")
    session.commit()


def ask_deletion(session: Session, editor: Editor, site: Site, now: datetime) -> None:
    """Schedule the deletion of the site and all its data after GRACE."""
    site.delete_at = now + GRACE
    note(session, site.id, editor, "deletion.asked")
    session.commit()


def take_back_deletion(session: Session, editor: Editor, site: Site) -> None:
    """Cancel the scheduled deletion."""
    site.delete_at = None
    note(session, site.id, editor, "deletion.taken_back")
    session.commit()


def delete_due(sessions: Callable[[], Session], now: datetime) -> int:
    """Delete the sites whose grace period has ended. Returns their number."""
    with sessions() as session:
        due = session.scalars(select(Site.id).where(Site.delete_at <= now)).all()
    for site_id in due:
        delete_site(sessions, site_id)
    return len(due)


def delete_site(sessions: Callable[[], Session], site_id: UUID) -> None:
    """Delete reports in batches, to keep transactions short, then the site with its other rows (cascade)."""
    while True:
        with sessions() as session:
            part = select(Report.id).where(Report.site_id == site_id).limit(_PART)
            gone = session.execute(delete(Report).where(Report.id.in_(part)))
            session.commit()
            if gone.rowcount == 0:  # type: ignore[attr-defined]
                break
    with sessions() as session:
        session.execute(delete(Site).where(Site.id == site_id))
        session.commit()
