"""A password reset is asked for an address, and an address is changed by a link"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM password_reset")  # they end within an hour
    op.drop_column("password_reset", "editor_id")
    op.add_column("password_reset", sa.Column("email", sa.Text(), nullable=False))
    op.create_index(op.f("ix__password_reset__email"), "password_reset", ["email"])
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__email_change")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__email_change__editor_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix__email_change__editor_id"), "email_change", ["editor_id"])


def downgrade() -> None:
    op.drop_table("email_change")
    op.execute("DELETE FROM password_reset")
    op.drop_column("password_reset", "email")
    op.add_column("password_reset", sa.Column("editor_id", sa.Uuid(), nullable=False))
    op.create_foreign_key(
        op.f("fk__password_reset__editor_id"),
        "password_reset",
        "editor",
        ["editor_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_index(op.f("ix__password_reset__editor_id"), "password_reset", ["editor_id"])
