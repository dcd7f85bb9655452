"""Site settings, withdrawals, what a placed report voted for"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "site",
        sa.Column("settings", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_table(
        "withdrawal",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk__withdrawal__report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk__withdrawal")),
    )
    op.add_column("placement", sa.Column("suggestion_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk__placement__suggestion_id"),
        "placement",
        "suggestion",
        ["suggestion_id"],
        ["id"],
        ondelete="SET NULL",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk__placement__suggestion_id"), "placement", type_="foreignkey")
    op.drop_column("placement", "suggestion_id")
    op.drop_table("withdrawal")
    op.drop_column("site", "settings")
