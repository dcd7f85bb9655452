"""Signs of life of the widget: counted in Redis, kept in one row per site and day.

Redis can lose the counts of the last half minute. Nothing in them says who a reader is.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.domain.sites.urls import InvalidUrl, origin_of
from moderation.models import Report, Site, WidgetDay

MOST_REFUSED = 20
"""Foreign origins that are counted for one site and day. A stranger can send any number."""
_LONGEST_ORIGIN = 100
_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,40}")
_DAYS = 7
_KEPT = timedelta(days=2)
_KEPT_ROWS = timedelta(days=90)
_PAUSE_SECONDS = 5.0
_CHANGED = "corrigenda:widget:changed"
_AT_ONCE = 1000

log = structlog.get_logger()


@dataclass(slots=True)
class WidgetHealth:
    """Counts signs of life. While Redis is away nothing is counted, and no request waits."""

    redis: Redis
    clock: Callable[[], float] = time.monotonic
    _not_before: float = field(default=0.0, init=False)

    def seen(self, site_id: UUID, url: str, version: str | None, now: datetime) -> None:
        """Count a dialog that was opened on a page."""
        key = _key(site_id, now)
        pipe = self.redis.pipeline(transaction=False)
        known = version if version and _VERSION.fullmatch(version) else ""
        pipe.hset(key, mapping={"last": now.timestamp(), "version": known})
        pipe.hincrby(key, "opened", 1)
        pipe.pfadd(f"{key}:pages", url)
        self._send(pipe, key)

    def refused(self, site_id: UUID, origin: str, now: datetime) -> None:
        """Count a request from an origin that is not the site's."""
        try:
            known = origin_of(origin)[:_LONGEST_ORIGIN]
        except InvalidUrl:
            return
        key = _key(site_id, now)
        pipe = self.redis.pipeline(transaction=False)
        pipe.hincrby(f"{key}:refused", known, 1)
        self._send(pipe, key)

    def _send(self, pipe: Any, key: str) -> None:
        if self.clock() < self._not_before:
            return
        for name in (key, f"{key}:pages", f"{key}:refused"):
            pipe.expire(name, _KEPT)
        pipe.sadd(_CHANGED, key)
        pipe.hlen(f"{key}:refused")
        try:
            if pipe.execute()[-1] > MOST_REFUSED:
                self._forget_rarest(f"{key}:refused")
        except RedisError as error:
            self._not_before = self.clock() + _PAUSE_SECONDS
            log.warning("widget_health.not_counted", error=str(error))

    def _forget_rarest(self, name: str) -> None:
        counts: Any = self.redis.hgetall(name)
        rarest = sorted(counts, key=lambda origin: int(counts[origin]))[: len(counts) - MOST_REFUSED]
        if rarest:
            self.redis.hdel(name, *rarest)

    def store(self, sessions: Callable[[], Session]) -> int:
        """Store the counts that changed. Returns the number of rows."""
        changed: Any = self.redis.spop(_CHANGED, _AT_ONCE)
        rows = [row for key in changed or () if (row := self._row(key.decode()))]
        if not rows:
            return 0
        with sessions() as session:
            existing = set(session.scalars(select(Site.id).where(Site.id.in_({r["site_id"] for r in rows}))))
            for row in rows:
                if row["site_id"] in existing:
                    _store_row(session, row)
            session.commit()
        return len(rows)

    def _row(self, key: str) -> dict[str, Any] | None:
        site_id, day = key.split(":")[-2:]
        pipe = self.redis.pipeline(transaction=False)
        pipe.hgetall(key)
        pipe.pfcount(f"{key}:pages")
        pipe.hgetall(f"{key}:refused")
        seen, pages, refused = pipe.execute()
        last = seen.get(b"last")
        return {
            "site_id": UUID(site_id),
            "day": date.fromisoformat(day),
            "last_seen_at": datetime.fromtimestamp(float(last), UTC) if last else None,
            "opened": int(seen.get(b"opened", 0)),
            "pages": pages,
            "version": (seen.get(b"version") or b"").decode() or None,
            "refused": {origin.decode(): int(count) for origin, count in refused.items()},
        }


def _key(site_id: UUID, now: datetime) -> str:
    return f"corrigenda:widget:{site_id}:{now.astimezone(UTC).date()}"


def _store_row(session: Session, row: dict[str, Any]) -> None:
    """Store one day. If Redis lost its counts, the larger ones stay."""
    statement = insert(WidgetDay).values(row)
    new = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["site_id", "day"],
            set_={
                "last_seen_at": func.greatest(WidgetDay.last_seen_at, new.last_seen_at),
                "opened": func.greatest(WidgetDay.opened, new.opened),
                "pages": func.greatest(WidgetDay.pages, new.pages),
                "version": func.coalesce(new.version, WidgetDay.version),
                "refused": WidgetDay.refused.op("||")(new.refused),
            },
        )
    )


def forget_old(sessions: Callable[[], Session], now: datetime) -> None:
    """Delete the days that no page shows any more."""
    with sessions() as session:
        session.execute(delete(WidgetDay).where(WidgetDay.day < (now - _KEPT_ROWS).date()))
        session.commit()


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a site's widget. Counts are of the last seven days."""

    last_seen_at: datetime | None
    """When a dialog was last opened, or a report came."""
    is_alive: bool
    """Whether a dialog was ever opened on the site's pages."""
    opened: int
    pages: int
    """Pages of the busiest day."""
    version: str | None
    refused: Sequence[tuple[str, int]]
    """Origins that were refused, with their counts, most first."""


def health_of(session: Session, site: Site, now: datetime) -> Health:
    """Return the widget's health. The counts are up to half a minute old."""
    since = (now - timedelta(days=_DAYS - 1)).date()
    days = session.scalars(
        select(WidgetDay).where(WidgetDay.site_id == site.id).order_by(WidgetDay.day.desc()).limit(_DAYS)
    ).all()
    recent = [day for day in days if day.day >= since]
    reported = session.scalar(select(func.max(Report.created_at)).where(Report.site_id == site.id))
    times = [day.last_seen_at for day in days if day.last_seen_at] + ([reported] if reported else [])
    refused: dict[str, int] = {}
    for day in recent:
        for origin, count in day.refused.items():
            if origin not in site.origins:
                refused[origin] = refused.get(origin, 0) + count
    return Health(
        last_seen_at=max(times, default=None),
        is_alive=any(day.opened for day in days),
        opened=sum(day.opened for day in recent),
        pages=max((day.pages for day in recent), default=0),
        version=next((day.version for day in days if day.version), None),
        refused=sorted(refused.items(), key=lambda item: (-item[1], item[0]))[:MOST_REFUSED],
    )
