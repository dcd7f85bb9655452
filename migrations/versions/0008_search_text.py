"""Rename the column that search reads to search_text"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("case", "words", new_column_name="search_text")


def downgrade() -> None:
    op.alter_column("case", "search_text", new_column_name="words")
