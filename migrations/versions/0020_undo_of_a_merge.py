"""A selection remembers the case that it left in a merge"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("selection", sa.Column("merged_from_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("selection", "merged_from_id")
