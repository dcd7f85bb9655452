"""Count rejected cases without the merged ones, and cases of a kind, from an index alone"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_QUEUE = ["site_id", "status", "first_reported_at", "id"]


def upgrade() -> None:
    op.create_index(
        "ix__case__rejected",
        "case",
        ["site_id"],
        postgresql_where=sa.text("status = 'rejected' AND merged_into_id IS NULL"),
    )
    op.drop_index("ix__case__queue", table_name="case")
    op.create_index("ix__case__queue", "case", _QUEUE, postgresql_include=["kind"])


def downgrade() -> None:
    op.drop_index("ix__case__queue", table_name="case")
    op.create_index("ix__case__queue", "case", _QUEUE)
    op.drop_index("ix__case__rejected", table_name="case")
