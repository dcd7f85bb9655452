"""The CMS of a site, and corrections that are applied in it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cms_connection",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("settings", postgresql.JSONB(), nullable=False),
        sa.Column("secret", sa.LargeBinary()),
        sa.Column("purge_url", sa.Text()),
        sa.Column("may_be_private", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("tested_at", _TIME),
        sa.Column("test_error", sa.Text()),
        sa.Column("created_at", _TIME, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk__cms_connection")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__cms_connection__site_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("kind IN ('wordpress', 'git', 'endpoint')", name=op.f("ck__cms_connection__kind")),
    )
    op.create_table(
        "correction_apply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("reverts_id", sa.Uuid()),
        sa.Column("asked_at", _TIME, server_default=sa.func.now(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("leased_until", _TIME),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("writing", sa.Text()),
        sa.Column("document", sa.Text()),
        sa.Column("field", sa.Text()),
        sa.Column("source_before", sa.Text()),
        sa.Column("source_after", sa.Text()),
        sa.Column("revision", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("refusal", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("done_at", _TIME),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__correction_apply")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__correction_apply__site_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__correction_apply__case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__correction_apply__editor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reverts_id"],
            ["correction_apply.id"],
            name=op.f("fk__correction_apply__reverts_id"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint("kind IN ('apply', 'revert')", name=op.f("ck__correction_apply__kind")),
        sa.CheckConstraint(
            "status IN ('queued', 'applied', 'refused', 'canceled')",
            name=op.f("ck__correction_apply__status"),
        ),
    )
    queued = sa.text("status = 'queued'")
    op.create_index("ix__correction_apply__site_id", "correction_apply", ["site_id"])
    op.create_index(
        "ix__correction_apply__due", "correction_apply", ["due_at", "id"], postgresql_where=queued
    )
    op.create_index("ix__correction_apply__case", "correction_apply", ["case_id", "id"])
    op.create_index(
        "uq__correction_apply__queued", "correction_apply", ["case_id"], unique=True, postgresql_where=queued
    )
    op.add_column("bulk", sa.Column("applies", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("bulk", "applies")
    op.drop_table("correction_apply")
    op.drop_table("cms_connection")
