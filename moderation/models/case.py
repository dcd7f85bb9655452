"""The case: one mistake on a page, which editors decide."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Computed, ForeignKey, Index, LargeBinary, Text, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.cases.lifecycle import STATUSES, Status
from moderation.domain.text.blocks import ZONES, Block, Zone
from moderation.domain.text.excerpt import context_after, context_before
from moderation.models.base import Base, Id, MaybeEditorId, SiteId, Time, one_of
from moderation.models.editor import Editor
from moderation.models.page import Page
from moderation.models.report import KINDS, Kind
from moderation.models.site import Site
from moderation.models.suggestion import Suggestion

State = Literal["found", "changed", "gone", "unchecked"]
STATES: tuple[State, ...] = get_args(State)


Outcome = Literal["as_suggested", "otherwise", "beside", "gone", "still_there", "unknown"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


AssignedBy = Literal["rule", "person"]
ASSIGNED_BY: tuple[AssignedBy, ...] = get_args(AssignedBy)


class Case(Base):
    """One mistake: all reports of the same passage."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("zone", ZONES), name="zone"),
        CheckConstraint(one_of("assigned_by", ASSIGNED_BY), name="assigned_by"),
        # The queue reads one status of a site, in the order of a keyset.
        # `kind` is in the index to count by it.
        Index(
            "ix__case__queue",
            *("site_id", "status", "first_reported_at", "id"),
            postgresql_include=["kind"],
        ),
        Index("ix__case__priority", "site_id", "status", "priority", "id"),
        Index("ix__case__readers", "site_id", "status", "reader_count", "id"),
        # Rejected cases are counted without those that were merged.
        Index(
            "ix__case__rejected",
            "site_id",
            postgresql_where=text("status = 'rejected' AND merged_into_id IS NULL"),
        ),
        # The desk asks for changes since its last request.
        Index("ix__case__changed", "site_id", "changed_at"),
        Index("ix__case__search", "search", postgresql_using="gin"),
        Index("ix__case__assignee", "assignee_id", postgresql_where=text("assignee_id IS NOT NULL")),
        # The same passage on other pages of the site.
        Index("ix__case__fingerprint", "site_id", "fingerprint"),
        # The same mistake on any page of the site.
        Index("ix__case__pair", "site_id", "pair", "status", postgresql_where=text("pair IS NOT NULL")),
        Index("ix__case__merged_into", "merged_into_id", postgresql_where=text("merged_into_id IS NOT NULL")),
    )

    # Rows are inserted without RETURNING: triage inserts many, and needs neither `search` nor `changed_at`.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy declares it without ClassVar

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    page_id: Mapped[UUID] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    status: Mapped[Status] = mapped_column(Text, default="open")
    version: Mapped[int] = mapped_column(default=1)
    """Grows with every decision and every change of the passage, to detect stale decisions."""

    exact: Mapped[str] = mapped_column(Text)
    """The passage: the smallest whole-word text with the mistake, according to the reports."""
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    block_before: Mapped[int | None]
    """Code points of the passage's paragraph before it. NULL while the page's paragraphs are not known."""
    block_after: Mapped[int | None]
    """Code points of the paragraph after the passage."""
    start: Mapped[int | None]
    end: Mapped[int | None]
    state: Mapped[State] = mapped_column(Text, default="unchecked")
    was_on_page: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """The page itself was seen to hold `exact`. Without it only readers say so."""
    zone: Mapped[Zone | None] = mapped_column(Text)
    """The part of the article that has the passage; NULL while it is not known."""

    lang: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[Kind | None] = mapped_column(Text)
    """The first kind that a reader chose."""
    assignee_id: Mapped[MaybeEditorId]
    assigned_by: Mapped[AssignedBy | None] = mapped_column(Text)
    """Who assigned or unassigned it last: a rule of the site, or a person. NULL: nobody, or before 0.2."""
    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Title, passage and readers' texts, up to the limit in services/cases/search.py."""
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('russian', search_text)", persisted=True), deferred=True
    )
    """PostgreSQL's Russian configuration stems Latin words as English. Python does not load this column."""
    correction: Mapped[str | None] = mapped_column(Text)
    """The replacement for `exact` that an editor accepted."""
    correction_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Number of different corrections from readers. `suggestions` holds those with the most votes."""
    report_count: Mapped[int] = mapped_column(default=0)
    reader_count: Mapped[int] = mapped_column(default=0)
    is_test: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """All its reports are tests."""
    spam_score: Mapped[float] = mapped_column(default=0.0, server_default=text("0"))
    spam_reasons: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    priority: Mapped[float] = mapped_column(default=0.0, server_default=text("0"))
    priority_reasons: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Digest of the passage and its closest context: equal for the same passage on other pages."""
    pair: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Digest of the passage and its replacement (services/cases/pairs.py). NULL without a replacement."""
    outcome: Mapped[Outcome | None] = mapped_column(Text)
    """Result of the last recheck. Reopening the case clears it and mended_text."""
    mended_text: Mapped[str | None] = mapped_column(Text)
    """The text on the page that replaced the passage."""
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id", ondelete="SET NULL"))
    """The case that received this case's reports in a merge."""
    first_reported_at: Mapped[Time]
    last_reported_at: Mapped[Time]
    decided_at: Mapped[Time | None]
    fixed_at: Mapped[Time | None]
    changed_at: Mapped[Time] = mapped_column(server_default=func.now(), onupdate=func.now())

    site: Mapped[Site] = relationship()
    page: Mapped[Page] = relationship()
    assignee: Mapped[Editor | None] = relationship()
    suggestions: Mapped[list[Suggestion]] = relationship(
        order_by=(Suggestion.votes.desc(), Suggestion.confidence.desc().nulls_last(), Suggestion.id)
    )

    @property
    def is_a_persons(self) -> bool:
        """Return whether a person assigned it: a rule's assignment is no work of an editor."""
        return self.assignee_id is not None and self.assigned_by != "rule"

    @property
    def is_vouched_for(self) -> bool:
        """Return whether more than readers' word stands behind the passage: the page's, or an editor's."""
        return self.was_on_page or self.correction is not None

    @property
    def before(self) -> str:
        """Return the context before the passage: of its paragraph only, from a whole word on."""
        return context_before(self.prefix, self.block_before)

    @property
    def after(self) -> str:
        """Return the context after the passage: of its paragraph only, up to a whole word."""
        return context_after(self.suffix, self.block_after)

    def stands_in(self, block: Block | None, start: int, end: int) -> None:
        """Remember how far the paragraph reaches around the passage. None: the paragraph is not known."""
        self.block_before = None if block is None else start - block.start
        self.block_after = None if block is None else max(0, block.end - end)

    @property
    def suggested(self) -> str | None:
        """The text of the best suggestion."""
        return self.suggestions[0].text if self.suggestions else None

    @property
    def other_corrections(self) -> int:
        """Count the readers' corrections that `suggestions` does not show."""
        shown = sum(1 for suggestion in self.suggestions if suggestion.source == "reader")
        return max(0, self.correction_count - shown)

    @property
    def replacement(self) -> str | None:
        """The text to replace `exact` with: the accepted correction, else the best suggestion."""
        return self.suggested if self.correction is None else self.correction
