"""Pages: the order in which due pages are read"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("turn", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.create_index(
        "ix__page__next",
        "page",
        ["site_id", "turn", sa.text("timezone('UTC', check_at)")],
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index(
        "ix__page__path",
        "page",
        ["site_id", sa.text("split_part(url, '?', 1)"), "check_at"],
        postgresql_where=sa.text("check_at IS NOT NULL AND strpos(url, '?') > 0"),
    )


def downgrade() -> None:
    op.drop_index("ix__page__path", "page")
    op.drop_index("ix__page__next", "page")
    op.drop_column("page", "turn")
