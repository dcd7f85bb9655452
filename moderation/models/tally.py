"""Daily figures of a site, computed in advance: the cost of insight does not grow with the reports."""

from datetime import date
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, SiteId, one_of

Figure = Literal[
    "reports",
    "cases",
    "decided",
    "decision_time",
    "mending_time",
    "page",
    "section",
    "word",
    "reader",
    "editor",
    "reason",
    "kind",
    "pair",
    "speller",
    "section_decision_time",
    "section_mending_time",
    "author_decision_time",
    "author_mending_time",
    "thanks",
    "told",
]
FIGURES: tuple[Figure, ...] = get_args(Figure)


class Tally(Base):
    """The count of one kind of event on one day (UTC)."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint(one_of("figure", FIGURES), name="figure"),)

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    figure: Mapped[Figure] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    """Subject of the count: a status, a page's URL, a word, an editor's id; empty if there is only one."""
    count: Mapped[int]
