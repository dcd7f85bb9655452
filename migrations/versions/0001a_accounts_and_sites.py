"""Editors, sites, memberships and tokens"""

import sqlalchemy as sa
from alembic import op

revision = "0001a"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck__editor__email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__editor")),
        sa.UniqueConstraint("email", name=op.f("uq__editor__email")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site_key", sa.Text(), nullable=False),
        sa.Column("origins", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__site")),
        sa.UniqueConstraint("name", name=op.f("uq__site__name")),
        sa.UniqueConstraint("site_key", name=op.f("uq__site__site_key")),
    )
    op.create_table(
        "membership",
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'editor', 'admin')", name=op.f("ck__membership__role")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__membership__editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__membership__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("editor_id", "site_id", name=op.f("pk__membership")),
    )
    op.create_index(op.f("ix__membership__site_id"), "membership", ["site_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__token__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__token")),
        sa.UniqueConstraint("digest", name=op.f("uq__token__digest")),
    )
    op.create_index(op.f("ix__token__editor_id"), "token", ["editor_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix__token__editor_id"), table_name="token")
    op.drop_table("token")
    op.drop_index(op.f("ix__membership__site_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_table("site")
    op.drop_table("editor")
