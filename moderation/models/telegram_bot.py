"""The Telegram bot of a site's channel."""

from sqlalchemy import BigInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, SubscriberId, Time
from moderation.models.subscriber import Subscriber


class TelegramBot(Base):
    """The bot of a subscriber of the kind `telegram`. A bot serves one subscriber of the instance."""

    __tablename__ = "telegram_bot"

    subscriber_id: Mapped[SubscriberId] = mapped_column(primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    username: Mapped[str] = mapped_column(Text)
    next_update: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """Polling: the first update that was not handled yet."""
    poll_at: Mapped[Time | None]
    """Polling: not before this time. The worker that polls moves it to the end of its lease."""
    poll_error: Mapped[str | None] = mapped_column(Text)
    """Why the last request for updates failed."""

    subscriber: Mapped[Subscriber] = relationship()
