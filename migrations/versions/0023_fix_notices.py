"""Addresses of readers who want to know when their mistake is fixed"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fix_notice",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk__fix_notice")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk__fix_notice__report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__fix_notice__site_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix__fix_notice__address_hash"), "fix_notice", ["address_hash"])


def downgrade() -> None:
    op.drop_table("fix_notice")
