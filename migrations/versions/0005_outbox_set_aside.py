"""Outbox messages have a site, and are set aside if they fail too often"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox_message",
        sa.Column(
            "site_id",
            sa.Uuid(),
            server_default=sa.text("'00000000-0000-0000-0000-000000000000'"),
            nullable=False,
        ),
    )
    op.add_column("outbox_message", sa.Column("failure", sa.Text(), nullable=True))
    op.add_column("outbox_message", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox_message", sa.Column("set_aside_by", sa.Text(), nullable=True))
    op.execute(
        "UPDATE outbox_message SET site_id = report.site_id FROM report "
        "WHERE report.id = subject_id AND topic LIKE 'report.%' AND done_at IS NULL"
    )
    # Messages that the last version retried without limit start with no attempts.
    op.execute(
        "UPDATE outbox_message SET attempts = 0, due_at = now() WHERE done_at IS NULL AND attempts > 0"
    )
    op.create_index(
        "ix__outbox_message__turn",
        "outbox_message",
        ["site_id", "due_at", "id"],
        postgresql_where=sa.text("done_at IS NULL AND set_aside_at IS NULL"),
    )
    op.create_index(
        "ix__outbox_message__set_aside",
        "outbox_message",
        ["id"],
        postgresql_where=sa.text("set_aside_at IS NOT NULL"),
    )
    op.drop_index("ix__outbox_message__waiting", "outbox_message")


def downgrade() -> None:
    op.create_index(
        "ix__outbox_message__waiting",
        "outbox_message",
        ["due_at", "id"],
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_index("ix__outbox_message__set_aside", "outbox_message")
    op.drop_index("ix__outbox_message__turn", "outbox_message")
    op.drop_column("outbox_message", "set_aside_by")
    op.drop_column("outbox_message", "set_aside_at")
    op.drop_column("outbox_message", "failure")
    op.drop_column("outbox_message", "site_id")
