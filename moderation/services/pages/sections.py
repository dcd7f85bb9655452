"""The sections that pages state, to choose from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_MOST_SITES = 50
_MOST_SECTIONS = 200
# One look into the index for each section: the cost does not grow with the number of pages.
_STATED = text(
    """
    WITH RECURSIVE found (site_id, section, position) AS (
      SELECT site.id, first.section, 1
      FROM unnest(CAST(:sites AS uuid[])) AS site (id)
      CROSS JOIN LATERAL (
        SELECT page.section FROM page WHERE page.site_id = site.id AND page.section IS NOT NULL
        ORDER BY lower(page.section) LIMIT 1
      ) AS first
      UNION ALL
      SELECT found.site_id, following.section, found.position + 1
      FROM found
      CROSS JOIN LATERAL (
        SELECT page.section FROM page
        WHERE page.site_id = found.site_id AND page.section IS NOT NULL
          AND lower(page.section) > lower(found.section)
        ORDER BY lower(page.section) LIMIT 1
      ) AS following
      WHERE found.position < :most
    )
    SELECT min(section) FROM found GROUP BY lower(section) ORDER BY lower(section) LIMIT :most
    """
)


def stated_sections(session: Session, sites: Sequence[UUID]) -> Sequence[str]:
    """Return the sections of the sites' pages in alphabetical order, without regard to case."""
    chosen = list(sites)[:_MOST_SITES]
    return session.scalars(_STATED, {"sites": chosen, "most": _MOST_SECTIONS}).all()
