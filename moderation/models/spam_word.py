"""What a site's editors taught about spam."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, SiteId


class SpamWord(Base):
    """How often a word stood in reports that editors called spam, and in others."""

    __tablename__ = "spam_word"

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(Text, primary_key=True)
    spam: Mapped[int]
    ham: Mapped[int]
