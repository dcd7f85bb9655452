"""The messages that a Telegram bot sent about cases."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, SubscriberId


class TelegramMessage(Base):
    """The message of a bot about a case. It is edited when the case changes."""

    __tablename__ = "telegram_message"
    # Retention deletes a case without its messages: find them by the case.
    __table_args__ = (Index("ix__telegram_message__case", "case_id"),)

    subscriber_id: Mapped[SubscriberId] = mapped_column(primary_key=True)
    case_id: Mapped[CaseId] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
