"""Whether the page was seen to hold a case's passage"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("was_on_page", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE \"case\" SET was_on_page = true WHERE state = 'found'")


def downgrade() -> None:
    op.drop_column("case", "was_on_page")
