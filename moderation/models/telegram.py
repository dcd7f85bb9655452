"""Telegram: bots of sites, the messages that they sent about cases, and editors' linked accounts."""

from typing import Annotated
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, CaseId, EditorId, Time
from moderation.models.editor import Editor
from moderation.models.subscriber import Subscriber

_SubscriberId = Annotated[
    UUID, mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
]


class TelegramBot(Base):
    """The bot of a subscriber of the kind `telegram`. A bot serves one subscriber of the instance."""

    __tablename__ = "telegram_bot"

    subscriber_id: Mapped[_SubscriberId]
    bot_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    username: Mapped[str] = mapped_column(Text)
    next_update: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """Polling: the first update that was not handled yet."""
    poll_at: Mapped[Time | None]
    """Polling: not before this time. The worker that polls moves it to the end of its lease."""
    poll_error: Mapped[str | None] = mapped_column(Text)
    """Why the last request for updates failed."""

    subscriber: Mapped[Subscriber] = relationship()


class TelegramMessage(Base):
    """The message of a bot about a case. It is edited when the case changes."""

    __tablename__ = "telegram_message"
    # Retention deletes a case without its messages: find them by the case.
    __table_args__ = (Index("ix__telegram_message__case", "case_id"),)

    subscriber_id: Mapped[_SubscriberId]
    case_id: Mapped[CaseId] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger)


class TelegramAccount(Base):
    """An editor's Telegram account, or the one-time code that links it."""

    __tablename__ = "telegram_account"

    editor_id: Mapped[EditorId] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """Telegram's number of the person; None until the code was used."""
    name: Mapped[str | None] = mapped_column(Text)
    """The name at Telegram when it was linked, to be recognised in the profile."""
    linked_at: Mapped[Time | None]
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    code_expires_at: Mapped[Time | None]

    editor: Mapped[Editor] = relationship()
