"""Cases: how far the passage's paragraph reaches around it"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("block_before", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("block_after", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("case", "block_after")
    op.drop_column("case", "block_before")
