"""Which pages are read next. Every site gets its share, and a flood of addresses does not come first."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import exists, select, text, update
from sqlalchemy.orm import Session

from moderation.domain.pages.turn import LAST_TURN
from moderation.models import Page, Revision, Site
from moderation.services.pages.fetch import Source

LEASE = timedelta(minutes=10)
"""How long a page is kept for one worker. A worker that dies gives it back."""

_WINDOW = 50
"""Due pages of each turn that are compared, and cases with most readers. They bound the cost of a claim."""

# Of each site that has due pages: those of the lowest turn first, then those with more readers, then older
# ones. They are chosen among the pages that are due longest and the pages of the cases with most readers.
# timezone() is what ix__page__next holds: by `check_at` PostgreSQL may read all due pages from another index.
_NEXT = text(
    """
    SELECT chosen.id FROM site CROSS JOIN LATERAL (
        SELECT due.id FROM (
            SELECT longest.id, longest.turn, longest.created_at
            FROM generate_series(0, :last_turn) AS each(turn) CROSS JOIN LATERAL (
                SELECT page.id, page.turn, page.created_at FROM page
                WHERE page.site_id = site.id AND page.turn = each.turn AND page.check_at IS NOT NULL
                    AND timezone('UTC', page.check_at) <= timezone('UTC', CAST(:now AS timestamptz))
                ORDER BY timezone('UTC', page.check_at) LIMIT :window
            ) AS longest
            UNION
            SELECT page.id, page.turn, page.created_at
            FROM unnest(ARRAY['open', 'accepted']) AS each(status) CROSS JOIN LATERAL (
                SELECT "case".page_id FROM "case"
                WHERE "case".site_id = site.id AND "case".status = each.status AND "case".reader_count > 1
                ORDER BY "case".reader_count DESC, "case".id DESC LIMIT :window
            ) AS popular
            JOIN page ON page.id = popular.page_id AND page.check_at <= :now
        ) AS due CROSS JOIN LATERAL (
            SELECT coalesce(sum(counted.reader_count), 0) AS readers FROM "case" AS counted
            WHERE counted.page_id = due.id AND counted.status IN ('open', 'accepted')
        ) AS reported
        ORDER BY due.turn, reported.readers DESC, due.created_at, due.id
        LIMIT :share
    ) AS chosen
    WHERE site.id <> ALL (CAST(:besides AS uuid[]))
        AND EXISTS (SELECT FROM page WHERE page.site_id = site.id AND page.check_at <= :now)
    """
)


@dataclass(frozen=True, slots=True)
class Errand:
    """The data for one fetch. It is read before the fetch, because the network is slow."""

    page_id: UUID
    site_id: UUID
    url: str
    root: str
    source: Source
    etag: str | None
    last_modified: str | None
    leased_until: datetime

    @property
    def host(self) -> str:
        """The host of the page, with its port."""
        return urlsplit(self.url).netloc


def claim(
    session: Session, now: datetime, open_header: Callable[[Site], tuple[str, str] | None],
    *, share: int, besides: Collection[UUID] = (),
) -> Sequence[Errand]:  # fmt: skip
    """Lease the next pages: at most `share` of each site, none of the sites `besides`. Commits."""
    limits = {"share": share, "window": _WINDOW, "last_turn": LAST_TURN}
    ids = session.scalars(_NEXT, {"now": now, "besides": list(besides), **limits}).all()
    pages = session.scalars(
        select(Page)
        .where(Page.id.in_(ids), Page.check_at <= now)
        .order_by(Page.id)
        .with_for_update(key_share=True, skip_locked=True)
    ).all()
    sites = {
        site.id: site for site in session.scalars(select(Site).where(Site.id.in_({p.site_id for p in pages})))
    }
    has_text = exists().where(Revision.page_id == Page.id)
    read = set(session.scalars(select(Page.id).where(Page.id.in_([page.id for page in pages]), has_text)))
    sources = {site.id: source_of(site, open_header(site)) for site in sites.values()}
    order = {page_id: number for number, page_id in enumerate(ids)}
    errands = []
    for page in sorted(pages, key=lambda page: order[page.id]):
        page.lease_recheck(now + LEASE)
        # Without a text to compare with, "not modified" would say nothing.
        validators = (page.etag, page.last_modified) if page.id in read else (None, None)
        root = sites[page.site_id].settings.article_root
        errands.append(
            Errand(page.id, page.site_id, page.url, root, sources[page.site_id], *validators, now + LEASE)
        )
    session.commit()
    return errands


def give_back(session: Session, errands: Collection[Errand], due: datetime) -> None:
    """Let other workers have pages that were leased and not read. Commits."""
    session.execute(
        update(Page)
        .where(
            Page.id.in_([errand.page_id for errand in errands]),
            Page.check_at.in_({errand.leased_until for errand in errands}),
        )
        .values(check_at=due)
    )
    session.commit()


def source_of(site: Site, header: tuple[str, str] | None) -> Source:
    """Return the rules for fetching the site's pages. `header` is its secret request header."""
    pause = site.settings.fetch_pause
    return Source(tuple(site.origins), tuple(site.operator_origins), pause, header, str(site.id))
