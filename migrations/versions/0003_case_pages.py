"""Bulk decisions, saved views, search, assignees and reasons"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0003b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("undoes_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__bulk__editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["bulk.id"], name=op.f("fk__bulk__undoes_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__bulk")),
    )
    op.create_index(op.f("ix__bulk__editor_id"), "bulk", ["editor_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__saved_view__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__saved_view")),
        sa.UniqueConstraint("editor_id", "name", name=op.f("uq__saved_view__editor_id_name")),
    )
    op.create_table(
        "bulk_item",
        sa.Column("bulk_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.CheckConstraint("result IN ('done', 'changed', 'refused')", name=op.f("ck__bulk_item__result")),
        sa.ForeignKeyConstraint(
            ["bulk_id"], ["bulk.id"], name=op.f("fk__bulk_item__bulk_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk__bulk_item__case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bulk_id", "case_id", name=op.f("pk__bulk_item")),
    )
    op.create_index(
        "ix__bulk_item__waiting",
        "bulk_item",
        ["bulk_id", "case_id"],
        unique=False,
        postgresql_where=sa.text("result IS NULL"),
    )
    op.add_column("case", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("case", sa.Column("assignee_id", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("words", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "case",
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('russian', words)", persisted=True),
            nullable=False,
        ),
    )
    op.add_column(
        "case",
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.create_index(
        "ix__case__assignee",
        "case",
        ["assignee_id"],
        unique=False,
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
    )
    op.create_index("ix__case__changed", "case", ["site_id", "changed_at"], unique=False)
    op.create_index("ix__case__readers", "case", ["site_id", "status", "reader_count", "id"], unique=False)
    op.create_index("ix__case__search", "case", ["search"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix__page__section", "page", ["site_id", "url"], postgresql_ops={"url": "text_pattern_ops"}
    )
    op.create_foreign_key(
        op.f("fk__case__assignee_id"), "case", "editor", ["assignee_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("decision", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("decision", sa.Column("bulk_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix__decision__bulk_id"), "decision", ["bulk_id"], unique=False)
    op.create_index(op.f("ix__decision__decided_at"), "decision", ["decided_at"], unique=False)
    op.create_foreign_key(
        op.f("fk__decision__bulk_id"), "decision", "bulk", ["bulk_id"], ["id"], ondelete="SET NULL"
    )
    # Fill the columns of search and filters for existing cases.
    op.execute(
        """
        UPDATE "case"
        SET kind = said.kind,
            words = left(
                replace(concat_ws(' ', page.title, prefix || exact || suffix, said.texts), 'ё', 'е'), 8000
            )
        FROM page, (
            SELECT placement.case_id,
                (array_agg(report.kind ORDER BY report.created_at) FILTER (WHERE report.kind IS NOT NULL))[1] AS kind,
                string_agg(concat_ws(' ', report.correction, report.comment), ' ' ORDER BY report.created_at) AS texts
            FROM placement JOIN report ON report.id = placement.report_id
            GROUP BY placement.case_id
        ) said
        WHERE page.id = "case".page_id AND said.case_id = "case".id
        """
    )


def downgrade() -> None:
    op.drop_index("ix__page__section", "page")
    op.drop_constraint(op.f("fk__decision__bulk_id"), "decision", type_="foreignkey")
    op.drop_index(op.f("ix__decision__decided_at"), table_name="decision")
    op.drop_index(op.f("ix__decision__bulk_id"), table_name="decision")
    op.drop_column("decision", "bulk_id")
    op.drop_column("decision", "reason")
    op.drop_constraint(op.f("fk__case__assignee_id"), "case", type_="foreignkey")
    op.drop_index("ix__case__search", table_name="case", postgresql_using="gin")
    op.drop_index("ix__case__readers", table_name="case")
    op.drop_index("ix__case__changed", table_name="case")
    op.drop_index(
        "ix__case__assignee", table_name="case", postgresql_where=sa.text("assignee_id IS NOT NULL")
    )
    op.drop_column("case", "changed_at")
    op.drop_column("case", "search")
    op.drop_column("case", "words")
    op.drop_column("case", "assignee_id")
    op.drop_column("case", "kind")
    op.drop_index(
        "ix__bulk_item__waiting", table_name="bulk_item", postgresql_where=sa.text("result IS NULL")
    )
    op.drop_table("bulk_item")
    op.drop_table("saved_view")
    op.drop_index(op.f("ix__bulk__editor_id"), table_name="bulk")
    op.drop_table("bulk")
