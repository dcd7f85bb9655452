"""Page texts, selections, site settings, withdrawals, scores"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _fk(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk__{table}__{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.add_column(
        "site", sa.Column("settings", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)
    )
    op.create_table(
        "withdrawal",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        _fk("withdrawal", "report_id", "report", "CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk__withdrawal")),
    )
    op.add_column("page", sa.Column("fetch_state", sa.Text(), server_default="never", nullable=False))
    op.add_column("page", sa.Column("fetched_at", sa.DateTime(timezone=True)))
    op.add_column("page", sa.Column("etag", sa.Text()))
    op.add_column("page", sa.Column("last_modified", sa.Text()))
    op.add_column("page", sa.Column("checks", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("page", sa.Column("check_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck__page__fetch_state"),
        "page",
        "fetch_state IN ('never', 'ok', 'gone', 'refused', 'unreachable', 'unreadable')",
    )
    op.create_index("ix__page__due", "page", ["check_at"], postgresql_where=sa.text("check_at IS NOT NULL"))
    op.create_table(
        "revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _fk("revision", "page_id", "page", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__revision")),
    )
    op.create_index("ix__revision__latest", "revision", ["page_id", "seen_at"])
    op.create_table(
        "selection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text()),
        sa.Column("position", sa.Integer()),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("revision_id", sa.Uuid()),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("report_count", sa.Integer(), nullable=False),
        _fk("selection", "page_id", "page", "CASCADE"),
        _fk("selection", "case_id", "case", "CASCADE"),
        _fk("selection", "revision_id", "revision", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__selection")),
    )
    op.create_index(op.f("ix__selection__page_id"), "selection", ["page_id"])
    op.create_index(op.f("ix__selection__case_id"), "selection", ["case_id"])
    op.create_table(
        "spam_word",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("spam", sa.Integer(), nullable=False),
        sa.Column("ham", sa.Integer(), nullable=False),
        _fk("spam_word", "site_id", "site", "CASCADE"),
        sa.PrimaryKeyConstraint("site_id", "word", name=op.f("pk__spam_word")),
    )
    # For counting a reader's reports of the last hour.
    op.create_index("ix__report__reader", "report", ["site_id", "reader_hash", "created_at"])
    # Old placements have no selection. New messages let triage place these reports again.
    op.execute(
        "INSERT INTO outbox_message (topic, subject_id) SELECT 'report.received', report_id FROM placement"
    )
    op.execute("DELETE FROM placement")
    op.execute("DELETE FROM \"case\" WHERE status = 'open'")
    op.add_column("placement", sa.Column("selection_id", sa.Uuid(), nullable=False))
    op.create_foreign_key(
        op.f("fk__placement__selection_id"), "placement", "selection", ["selection_id"], ["id"],
        ondelete="CASCADE",
    )  # fmt: skip
    op.create_index(op.f("ix__placement__selection_id"), "placement", ["selection_id"])
    op.add_column(
        "case_reader",
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    for name in ("spam_reasons", "priority_reasons"):
        op.add_column(
            "case", sa.Column(name, sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
        )
    op.add_column("case", sa.Column("priority", sa.Double(), server_default=sa.text("0"), nullable=False))
    op.add_column("case", sa.Column("fingerprint", sa.LargeBinary()))
    op.add_column("case", sa.Column("outcome", sa.Text()))
    op.add_column("case", sa.Column("mended_text", sa.Text()))
    op.create_check_constraint(
        op.f("ck__case__outcome"),
        "case",
        "outcome IN ('as_suggested', 'otherwise', 'gone', 'still_there', 'unknown')",
    )
    op.create_index("ix__case__priority", "case", ["site_id", "status", "priority", "id"])
    op.create_index("ix__case__fingerprint", "case", ["site_id", "fingerprint"])


def downgrade() -> None:
    op.drop_index("ix__case__fingerprint", "case")
    op.drop_index("ix__case__priority", "case")
    op.drop_constraint(op.f("ck__case__outcome"), "case")
    for name in ("mended_text", "outcome", "fingerprint", "priority", "priority_reasons", "spam_reasons"):
        op.drop_column("case", name)
    op.drop_column("case_reader", "since")
    op.drop_column("placement", "selection_id")
    op.drop_index("ix__report__reader", "report")
    op.drop_table("spam_word")
    op.drop_table("selection")
    op.drop_table("revision")
    op.drop_index("ix__page__due", "page")
    op.drop_constraint(op.f("ck__page__fetch_state"), "page")
    for name in ("check_at", "checks", "last_modified", "etag", "fetched_at", "fetch_state"):
        op.drop_column("page", name)
    op.drop_table("withdrawal")
    op.drop_column("site", "settings")
