"""An article, and the time of its next fetch."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.pages.reading import UnreadReason
from moderation.domain.pages.recheck_schedule import FIRST_CHECK, next_check
from moderation.domain.pages.states import FETCH_STATES, FetchState
from moderation.domain.pages.turn import FIRST_TURN
from moderation.models.base import Base, Created, Id, SiteId, Time, one_of


class Page(Base):
    """An article, known by its canonical URL."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("site_id", "url"),
        # Prefix search for sections: pages whose URL starts with the URL of the section.
        Index("ix__page__section", "site_id", "url", postgresql_ops={"url": "text_pattern_ops"}),
        # Pages of an author, and of a section by its name.
        Index("ix__page__authors", "authors", postgresql_using="gin"),
        Index(
            "ix__page__stated_section",
            "site_id",
            func.lower(text("section")),
            postgresql_where=text("section IS NOT NULL"),
        ),
        CheckConstraint(one_of("fetch_state", FETCH_STATES), name="fetch_state"),
        Index("ix__page__due", "check_at", postgresql_where=text("check_at IS NOT NULL")),
        # The due pages of one site.
        Index("ix__page__turn", "site_id", "check_at", postgresql_where=text("check_at IS NOT NULL")),
        # Those of one turn. It is an expression, so that no other index gives the same order.
        Index(
            "ix__page__next",
            "site_id",
            "turn",
            text("timezone('UTC', check_at)"),
            postgresql_where=text("check_at IS NOT NULL"),
        ),
        # The due pages of one path that differ by their query strings.
        Index(
            "ix__page__path",
            "site_id",
            text("split_part(url, '?', 1)"),
            "check_at",
            postgresql_where=text("check_at IS NOT NULL AND strpos(url, '?') > 0"),
        ),
    )

    # As in Case: triage inserts many rows.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy declares it without ClassVar

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    authors: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    """The authors that the page states (domain/pages/credits.py)."""
    section: Mapped[str | None] = mapped_column(Text)
    """The section that the page states."""
    created_at: Mapped[Created]

    fetch_state: Mapped[FetchState] = mapped_column(Text, default="never", server_default="never")
    fetched_at: Mapped[Time | None]
    unread_reason: Mapped[UnreadReason | None] = mapped_column(Text)
    """The reason why the last fetch did not read the page; None if it did."""
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    checks: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Number of fetches since the schedule was restarted. The intervals grow with it."""
    check_at: Mapped[Time | None]
    """Time of the next fetch; None: no case needs the page. Only the methods below change it."""
    turn: Mapped[int] = mapped_column(SmallInteger, default=FIRST_TURN, server_default=text("0"))
    """Of due pages, those with the lowest turn are read first (domain/pages/turn.py)."""

    def come_first(self) -> None:
        """Read the page before a flood of addresses: several readers reported it."""
        self.turn = FIRST_TURN

    def lacked_what_was_reported(self, now: datetime) -> bool:
        """True if the last fetch, some minutes ago, had none of the texts that readers saw."""
        return (
            self.unread_reason == "text_missing"
            and self.fetched_at is not None
            and self.fetched_at <= now - FIRST_CHECK
        )

    def recheck_at_once(self, now: datetime) -> None:
        """Have the page fetched now, and restart its schedule."""
        self.check_at, self.checks = now, 0

    def recheck_soon(self, now: datetime) -> None:
        """Have the page fetched in two minutes, and restart its schedule."""
        self.check_at, self.checks = now + FIRST_CHECK, 0

    def recheck_later(self, now: datetime, since: datetime | None, leased_until: datetime) -> None:
        """Schedule the next check. `since`: time of the last change of a case; None stops the checks.

        Somebody who asked for a check during this one keeps it: this one may have read an older page.
        """
        planned = None if since is None else next_check(self.checks, now, since)
        asked = None if self.check_at == leased_until else self.check_at
        if asked is not None and (planned is None or asked < planned):
            return
        self.check_at = planned
        self.checks += 1

    def recheck_not_before(self, moment: datetime) -> None:
        """Postpone a scheduled check, because the host asked for a pause."""
        self.check_at = None if self.check_at is None else max(self.check_at, moment)

    def lease_recheck(self, until: datetime) -> None:
        """Reserve the page for one worker until a time. If the worker dies, the lease ends by itself."""
        self.check_at = until
