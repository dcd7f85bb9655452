"""Telegram accounts of editors, who decide with the buttons of a bot."""

from sqlalchemy import BigInteger, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, EditorId, Time
from moderation.models.editor import Editor


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
