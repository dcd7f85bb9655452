"""Give new pages their turn: the more pages of the same path are due, the later they are read."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from moderation.domain.pages.turn import MOST_SIBLINGS, turn_among
from moderation.models import Page

# Only addresses with a query string have siblings. A limit bounds the cost of each path.
_DUE_SIBLINGS = text(
    """
    SELECT asked.site_id, asked.path, (
        SELECT count(*) FROM (
            SELECT FROM page
            WHERE page.site_id = asked.site_id AND split_part(page.url, '?', 1) = asked.path
                AND strpos(page.url, '?') > 0 AND page.check_at <= :now
            LIMIT :most
        ) AS sibling
    ) AS siblings
    FROM unnest(CAST(:sites AS uuid[]), CAST(:paths AS text[])) AS asked(site_id, path)
    """
)


def give_turns(session: Session, pages: Collection[Page], now: datetime) -> None:
    """Set the turn of pages that are not stored yet."""
    by_page = {page.id: (page.site_id, page.url.partition("?")[0]) for page in pages if "?" in page.url}
    if not by_page:
        return
    siblings = _due_siblings(session, set(by_page.values()), now)
    for page in pages:
        if page.id in by_page:
            page.turn = turn_among(siblings[by_page[page.id]])
            siblings[by_page[page.id]] += 1


def _due_siblings(
    session: Session, paths: Collection[tuple[UUID, str]], now: datetime
) -> Counter[tuple[UUID, str]]:
    sites, names = zip(*sorted(paths), strict=True)
    rows = session.execute(
        _DUE_SIBLINGS, {"sites": list(sites), "paths": list(names), "now": now, "most": MOST_SIBLINGS}
    )
    return Counter({(site_id, path): siblings for site_id, path, siblings in rows})
