"""Deliveries of one transaction to one subscriber, as one row, until each gets its row."""

from uuid import UUID

from sqlalchemy import BigInteger, Identity, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, SubscriberId


class DeliveryBatch(Base):
    """The events of one transaction that one subscriber hears. services/outbox/fan_out.py deletes it.

    Ids grow in the order in which things happened to a case: its row is locked while they are stored.
    """

    __tablename__ = "delivery_batch"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    subscriber_id: Mapped[SubscriberId] = mapped_column(index=True)
    event_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    """In the order in which they happened."""
    created_at: Mapped[Created]
