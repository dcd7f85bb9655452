"""Index of rejected cases without the merged ones"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix__case__rejected",
        "case",
        ["site_id"],
        postgresql_where=sa.text("status = 'rejected' AND merged_into_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix__case__rejected", table_name="case")
