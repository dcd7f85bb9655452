"""Cases, decisions, placements and suggestions"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = "0001b"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
