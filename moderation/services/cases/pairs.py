"""Pairs: the wrong text of a case and its replacement. Cases of a site with the same pair are one mistake."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import Status
from moderation.models import Case

MOST_COUNTED = 1000
"""Counting stops there. MOST_COUNTED + 1 means more."""
_SEPARATOR = "\x01"
_SIZE = 16


@dataclass(frozen=True, slots=True)
class SamePair:
    """Other cases of the site with the same pair."""

    open: int
    rejected: int


def pair_digest(wrong: str, right: str) -> bytes:
    """Return the digest of a pair. Migration 0016 computes the same in SQL."""
    text = f"{wrong}{_SEPARATOR}{right}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_SIZE]


def remember_pair(case: Case) -> None:
    """Bring the case's pair up to date, after its passage, suggestions or correction changed."""
    right = case.replacement
    case.pair = None if right is None or right == case.exact else pair_digest(case.exact, right)


def same_pair(session: Session, case: Case) -> SamePair:
    """Count the other open and rejected cases of the site with the case's pair."""
    if case.pair is None:
        return SamePair(0, 0)
    row = session.execute(select(_others(case, "open"), _others(case, "rejected"))).one()
    return SamePair(*row)


def a_case_of(session: Session, pair: bytes, sites: list[UUID]) -> Case | None:
    """Return some case with the pair, to name it. None if these sites have none."""
    return session.scalar(select(Case).where(Case.site_id.in_(sites), Case.pair == pair).limit(1))


def _others(case: Case, status: Status) -> ScalarSelect[int]:
    others = (
        select(1)
        .where(
            Case.site_id == case.site_id,
            Case.pair == case.pair,
            Case.status == status,
            Case.id != case.id,
        )
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return select(func.count()).select_from(others).scalar_subquery()
