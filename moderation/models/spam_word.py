"""Word counts for the spam model of a site."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, SiteId


class SpamWord(Base):
    """Counts of a word in reports that editors marked as spam, and in other reports."""

    __tablename__ = "spam_word"

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(Text, primary_key=True)
    spam: Mapped[int]
    ham: Mapped[int]
