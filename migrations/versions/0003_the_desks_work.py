"""The desk's work: search, bulk steps, saved views, invitations, sessions, figures, audit"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
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
        "desk_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__desk_session__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__desk_session")),
    )
    op.create_index(op.f("ix__desk_session__editor_id"), "desk_session", ["editor_id"], unique=False)
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
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__password_reset__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__password_reset")),
    )
    op.create_index(op.f("ix__password_reset__editor_id"), "password_reset", ["editor_id"], unique=False)
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
    op.add_column("editor", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("editor", sa.Column("lang", sa.Text(), server_default="ru", nullable=False))
    op.add_column("editor", sa.Column("oidc_subject", sa.Text(), nullable=True))
    op.add_column("editor", sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
    op.add_column("editor", sa.Column("totp_last", sa.Integer(), nullable=True))
    op.add_column(
        "editor",
        sa.Column(
            "recovery_digests", sa.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.alter_column("editor", "password_hash", existing_type=sa.TEXT(), nullable=True)
    op.create_unique_constraint(op.f("uq__editor__oidc_subject"), "editor", ["oidc_subject"])
    op.create_index("ix__report__day", "report", ["site_id", "created_at"], unique=False)
    op.add_column("site", sa.Column("previous_key", sa.Text(), nullable=True))
    op.add_column("site", sa.Column("previous_key_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("site", sa.Column("delete_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f("uq__site__previous_key"), "site", ["previous_key"])
    op.add_column(
        "token",
        sa.Column("scopes", sa.ARRAY(sa.Text()), server_default=sa.text("'{read,decide}'"), nullable=False),
    )
    op.add_column("token", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("token", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
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
    op.drop_column("token", "last_used_at")
    op.drop_column("token", "expires_at")
    op.drop_column("token", "scopes")
    op.drop_constraint(op.f("uq__site__previous_key"), "site", type_="unique")
    op.drop_column("site", "delete_at")
    op.drop_column("site", "previous_key_until")
    op.drop_column("site", "previous_key")
    op.drop_index("ix__report__day", table_name="report")
    op.drop_constraint(op.f("uq__editor__oidc_subject"), "editor", type_="unique")
    op.alter_column("editor", "password_hash", existing_type=sa.TEXT(), nullable=False)
    op.drop_column("editor", "recovery_digests")
    op.drop_column("editor", "totp_last")
    op.drop_column("editor", "totp_secret")
    op.drop_column("editor", "oidc_subject")
    op.drop_column("editor", "lang")
    op.drop_column("editor", "name")
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
    op.drop_table("tally")
    op.drop_table("tallied_day")
    op.drop_table("saved_view")
    op.drop_index(op.f("ix__password_reset__editor_id"), table_name="password_reset")
    op.drop_table("password_reset")
    op.drop_index(op.f("ix__invitation__site_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix__desk_session__editor_id"), table_name="desk_session")
    op.drop_table("desk_session")
    op.drop_index(op.f("ix__bulk__editor_id"), table_name="bulk")
    op.drop_table("bulk")
    op.drop_index("ix__audit_entry__site", table_name="audit_entry")
    op.drop_table("audit_entry")
