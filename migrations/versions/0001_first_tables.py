"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
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
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("reader_count", sa.Integer(), nullable=False),
        sa.Column("spam_score", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('found', 'changed', 'gone', 'unchecked')", name=op.f("ck__case__state")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'rejected', 'spam', 'fixed')", name=op.f("ck__case__status")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk__case__page_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk__case__site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__case")),
    )
    op.create_index(op.f("ix__case__page_id"), "case", ["page_id"], unique=False)
    op.create_index("ix__case__queue", "case", ["site_id", "status", "first_reported_at", "id"], unique=False)
    op.create_table(
        "case_reader",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reader_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__case_reader__case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "reader_hash", name=op.f("pk__case_reader")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("old_status", sa.Text(), nullable=False),
        sa.Column("new_status", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__decision__case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__decision__editor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__decision")),
    )
    op.create_index(op.f("ix__decision__case_id"), "decision", ["case_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__placement__case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk__placement__report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk__placement")),
    )
    op.create_index(op.f("ix__placement__case_id"), "placement", ["case_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.CheckConstraint("source IN ('reader', 'speller')", name=op.f("ck__suggestion__source")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__suggestion__case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__suggestion")),
    )
    op.create_index(op.f("ix__suggestion__case_id"), "suggestion", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix__suggestion__case_id"), table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_index(op.f("ix__placement__case_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix__decision__case_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_table("case_reader")
    op.drop_index("ix__case__queue", table_name="case")
    op.drop_index(op.f("ix__case__page_id"), table_name="case")
    op.drop_table("case")
    op.drop_index(op.f("ix__token__editor_id"), table_name="token")
    op.drop_table("token")
    op.drop_index(
        "uq__report__site_id_idempotency_key",
        table_name="report",
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.drop_table("report")
    op.drop_table("page")
    op.drop_index(op.f("ix__membership__site_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_table("site")
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
    op.drop_table("editor")
