"""Security history of accounts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__account_event")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__account_event__editor_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix__account_event__editor", "account_event", ["editor_id", "id"])
    op.create_index("ix__account_event__created_at", "account_event", ["created_at"])
    op.add_column("desk_session", sa.Column("pending_totp", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("desk_session", "pending_totp")
    op.drop_table("account_event")
