"""The widget's installation is checked and tried, and its signs of life are counted"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _site(table):
    return sa.ForeignKeyConstraint(
        ["site_id"], ["site.id"], name=op.f(f"fk__{table}__site_id"), ondelete="CASCADE"
    )


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    for table in ("report", "case"):
        op.add_column(table, sa.Column("is_test", sa.Boolean(), server_default="false", nullable=False))
    op.create_index("ix__report__test", "report", ["site_id"], postgresql_where=sa.text("is_test"))
    op.create_table(
        "installation",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("page_url", sa.Text()),
        sa.Column("requested_at", time),
        sa.Column("checked_at", time),
        sa.Column("unread_reason", sa.Text()),
        sa.Column("findings", JSONB(), server_default="[]", nullable=False),
        sa.Column("works_since", time),
        sa.Column("test_reader", sa.LargeBinary()),
        sa.Column("test_until", time),
        sa.Column("tested_at", time),
        sa.Column("hidden_at", time),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk__installation")),
        _site("installation"),
    )
    op.create_table(
        "widget_day",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_seen_at", time),
        sa.Column("opened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("refused", JSONB(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk__widget_day")),
        _site("widget_day"),
    )


def downgrade() -> None:
    op.drop_table("widget_day")
    op.drop_table("installation")
    op.drop_index("ix__report__test", "report")
    for table in ("case", "report"):
        op.drop_column(table, "is_test")
