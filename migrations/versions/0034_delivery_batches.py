"""Deliveries of one transaction to one subscriber"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("event_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__delivery_batch")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk__delivery_batch__subscriber_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix__delivery_batch__subscriber_id"), "delivery_batch", ["subscriber_id"])


def downgrade() -> None:
    _fan_out()
    op.drop_table("delivery_batch")


def _fan_out() -> None:
    """Give each delivery its row: the earlier version knows no batches."""
    op.execute(
        "INSERT INTO delivery (event_id, case_id, subscriber_id, due_at) "
        "SELECT event.id, event.case_id, batch.subscriber_id, batch.created_at FROM delivery_batch AS batch "
        "CROSS JOIN unnest(batch.event_ids) WITH ORDINALITY AS heard(event_id, place) "
        "JOIN event ON event.id = heard.event_id ORDER BY batch.id, heard.place"
    )
