"""Keys of sites' own back ends"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "scopes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{report}'"), nullable=False
        ),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__server_key")),
        sa.UniqueConstraint("digest", name=op.f("uq__server_key__digest")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__server_key__site_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["editor.id"], name=op.f("fk__server_key__created_by"), ondelete="SET NULL"
        ),
    )
    op.create_index(op.f("ix__server_key__site_id"), "server_key", ["site_id"])


def downgrade() -> None:
    op.drop_table("server_key")
