"""Audit log of a site. Each entry is written in the transaction of the change."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.models import AuditEntry, Editor, Site
from moderation.services.paging import Slice, cut_slice, read_cursor

What = Literal[
    "site.made",
    "settings.changed",
    "key.rotated",
    "key.ended",
    "server_key.created",
    "server_key.revoked",
    "member.invited",
    "member.joined",
    "member.sso_linked",
    "member.role_changed",
    "member.removed",
    "invitation.revoked",
    "deletion.asked",
    "deletion.taken_back",
    "site.exported",
    "cms.connected",
    "cms.disconnected",
    "correction.applied",
    "correction.refused",
    "correction.reverted",
    "integration.added",
    "integration.changed",
    "integration.secret_rotated",
    "integration.removed",
    "routing.applied",
    "routing.taken_back",
]


def note(session: Session, site_id: UUID, editor: Editor | None, what: What, **details: Any) -> None:
    """Write one entry. `details` must not hold secrets, because admins see them. The caller commits."""
    session.add(
        AuditEntry(site_id=site_id, editor_id=editor.id if editor else None, what=what, details=details)
    )


def invited_since(session: Session, site_id: UUID, since: datetime) -> int:
    """Count the site's invitations since a time, also those that were revoked or accepted."""
    entries = select(func.count()).select_from(AuditEntry)
    invited = (AuditEntry.site_id == site_id) & (AuditEntry.what == "member.invited")
    return session.scalar(entries.where(invited, AuditEntry.created_at > since)) or 0


def entries_of(
    session: Session, site: Site, *, cursor: str | None = None, limit: int = 50
) -> Slice[AuditEntry]:
    """Return the site's entries, newest first. Raises InvalidCursor."""
    query = select(AuditEntry).where(AuditEntry.site_id == site.id)
    if cursor is not None:
        query = query.where(AuditEntry.id < read_cursor(cursor, str)[1])
    rows = session.scalars(query.order_by(AuditEntry.id.desc()).limit(limit + 1)).all()
    return cut_slice(rows, limit, lambda entry: ["", entry.id])
