"""The days whose figures are complete."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, SiteId


class TalliedDay(Base):
    """A day whose figures are final: they were computed after the day ended."""

    __tablename__ = "tallied_day"

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
