"""Invitations, the audit log, new site keys, deletion of sites and daily figures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003b"
down_revision = "0003a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__audit_entry__editor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__audit_entry__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_entry")),
    )
    op.create_index("ix__audit_entry__site", "audit_entry", ["site_id", "id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'editor', 'admin')", name=op.f("ck__invitation__role")),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["editor.id"], name=op.f("fk__invitation__invited_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__invitation__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__invitation")),
    )
    op.create_index(op.f("ix__invitation__site_id"), "invitation", ["site_id"], unique=False)
    op.create_table(
        "tallied_day",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__tallied_day__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk__tallied_day")),
    )
    op.create_table(
        "tally",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "figure IN ('reports', 'cases', 'decided', 'decision_time', 'mending_time', 'page', 'section', 'word', 'reader', 'editor')",
            name=op.f("ck__tally__figure"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__tally__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "figure", "day", "key", name=op.f("pk__tally")),
    )
    op.create_index("ix__report__day", "report", ["site_id", "created_at"], unique=False)
    op.add_column("site", sa.Column("previous_key", sa.Text(), nullable=True))
    op.add_column("site", sa.Column("previous_key_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("site", sa.Column("delete_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f("uq__site__previous_key"), "site", ["previous_key"])


def downgrade() -> None:
    op.drop_constraint(op.f("uq__site__previous_key"), "site", type_="unique")
    op.drop_column("site", "delete_at")
    op.drop_column("site", "previous_key_until")
    op.drop_column("site", "previous_key")
    op.drop_index("ix__report__day", table_name="report")
    op.drop_table("tally")
    op.drop_table("tallied_day")
    op.drop_index(op.f("ix__invitation__site_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix__audit_entry__site", table_name="audit_entry")
    op.drop_table("audit_entry")
