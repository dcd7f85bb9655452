"""Export all data of a site as JSON Lines."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import (
    AuditEntry,
    Case,
    Decision,
    Editor,
    Membership,
    Page,
    Placement,
    Report,
    Site,
    Suggestion,
)

_PART = 1000
# Not exported: hashes that identify readers for counting, a secret, and columns that only our search reads.
_LEFT_OUT = {"reader_hash", "body_digest", "fetch_header_secret", "search", "words", "fingerprint"}


def export_site(sessions: Callable[[], Session], site_id: UUID) -> Iterator[bytes]:
    """Yield one JSON object per line with `type` (the table) and its columns: members, the site, its rows.

    The function opens its own session. The session ends with the last line, or when the caller stops.
    """
    of_case = select(Case.id).where(Case.site_id == site_id)
    tables: list[tuple[str, Any, Any]] = [
        ("site", Site, Site.id == site_id),
        ("page", Page, Page.site_id == site_id),
        ("case", Case, Case.site_id == site_id),
        ("suggestion", Suggestion, Suggestion.case_id.in_(of_case)),
        ("decision", Decision, Decision.case_id.in_(of_case)),
        ("report", Report, Report.site_id == site_id),
        ("audit_entry", AuditEntry, AuditEntry.site_id == site_id),
    ]
    members = (
        select(Editor.id, Editor.email, Editor.name, Membership.role)
        .join(Membership)
        .where(Membership.site_id == site_id)
    )

    with sessions() as session:
        yield b"".join(_line("member", dict(row)) for row in session.execute(members).mappings())
        for type_, model, mine in tables:
            names = [column.key for column in model.__table__.columns if column.key not in _LEFT_OUT]
            query = select(*(getattr(model, name) for name in names)).where(mine)
            yield from _parts(session, type_, query, model.id)
        placed = select(Placement.report_id.label("id"), Placement.case_id)
        placed = placed.where(Placement.case_id.in_(of_case))
        yield from _parts(session, "placement", placed, Placement.report_id)


def _parts(session: Session, type_: str, query: Any, id_: Any) -> Iterator[bytes]:
    query, after = query.order_by(id_).limit(_PART), None
    while rows := session.execute(query if after is None else query.where(id_ > after)).mappings().all():
        after = rows[-1]["id"]
        yield b"".join(_line(type_, dict(row)) for row in rows)


def _line(type_: str, values: dict[str, Any]) -> bytes:
    return msgspec.json.encode({"type": type_} | values) + b"\n"
