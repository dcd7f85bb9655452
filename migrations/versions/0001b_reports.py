"""Pages, reports and the outbox"""

import sqlalchemy as sa
from alembic import op

revision = "0001b"
down_revision = "0001a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__outbox_message")),
    )
    op.create_index(
        "ix__outbox_message__done_at",
        "outbox_message",
        ["done_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "ix__outbox_message__waiting",
        "outbox_message",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk__page__site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__page")),
        sa.UniqueConstraint("site_id", "url", name=op.f("uq__page__site_id_url")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("reader_hash", sa.LargeBinary(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('spelling', 'punctuation', 'grammar', 'fact', 'other')", name=op.f("ck__report__kind")
        ),
        sa.CheckConstraint("char_length(exact) BETWEEN 1 AND 1000", name=op.f("ck__report__exact_length")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__report__site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__report")),
    )
    op.create_index(
        "uq__report__site_id_idempotency_key",
        "report",
        ["site_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq__report__site_id_idempotency_key",
        table_name="report",
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.drop_table("report")
    op.drop_table("page")
    op.drop_index(
        "ix__outbox_message__waiting",
        table_name="outbox_message",
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_index(
        "ix__outbox_message__done_at",
        table_name="outbox_message",
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.drop_table("outbox_message")
