"""Causes of decisions instead of English notes, and the target of a merged case"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CAUSES = (
    "editor", "merged", "emptied", "withdrawn", "scored_as_spam", "insisted", "seen_mended", "back_on_page",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("decision", sa.Column("cause", sa.Text(), server_default="editor", nullable=False))
    op.add_column("decision", sa.Column("cause_detail", sa.Text()))
    op.create_check_constraint("cause", "decision", sa.column("cause").in_(_CAUSES))
    op.add_column("case", sa.Column("merged_into_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk__case__merged_into_id"), "case", "case", ["merged_into_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index(
        "ix__case__merged_into", "case", ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )  # fmt: skip
    _translate_notes()


def _translate_notes() -> None:
    """Replace the English notes of system decisions with causes, if the sentence is known."""
    op.execute(
        r"""
        UPDATE "case" SET merged_into_id = into_id
        FROM (
            SELECT DISTINCT ON (case_id) case_id, CAST(substring(note FROM 13) AS uuid) AS into_id
            FROM decision
            WHERE editor_id IS NULL AND note ~ '^merged into [0-9a-f-]{36}$'
            ORDER BY case_id, id DESC
        ) AS merged
        WHERE "case".id = merged.case_id AND "case".status = 'rejected'
            AND EXISTS (SELECT 1 FROM "case" AS target WHERE target.id = into_id)
        """
    )
    op.execute(
        r"""
        UPDATE decision SET
            cause = CASE
                WHEN note ~ '^merged into ' THEN 'merged'
                WHEN note = 'its reports belong to another case' THEN 'emptied'
                WHEN note = 'withdrawn by the reader' THEN 'withdrawn'
                WHEN note ~ '^[0-9]+ more readers report it$' THEN 'insisted'
                WHEN note ~ '^seen on the page: ' THEN 'seen_mended'
                WHEN note = 'the mistake is back on the page' THEN 'back_on_page'
                ELSE 'scored_as_spam'
            END,
            cause_detail = CASE
                WHEN note ~ '^[0-9]+ more readers report it$' THEN substring(note FROM '^[0-9]+')
                WHEN note ~ '^seen on the page: ' THEN substring(note FROM '^seen on the page: (.*)$')
                WHEN action = 'spam' THEN replace(note, ', ', ',')
            END,
            note = NULL
        WHERE editor_id IS NULL AND bulk_id IS NULL AND (
            note ~ '^merged into [0-9a-f-]{36}$'
            OR note IN (
                'its reports belong to another case', 'withdrawn by the reader',
                'the mistake is back on the page'
            )
            OR note ~ '^[0-9]+ more readers report it$'
            OR note ~ '^seen on the page: (as_suggested|otherwise|gone)$'
            OR (
                action = 'spam'
                AND note ~ '^(links|flood|not_on_page|gibberish|learned)(, (links|flood|not_on_page|gibberish|learned))*$'
            )
        )
        """
    )


def downgrade() -> None:
    op.drop_index("ix__case__merged_into", table_name="case")
    op.drop_constraint(op.f("fk__case__merged_into_id"), "case")
    op.drop_column("case", "merged_into_id")
    op.drop_constraint("ck__decision__cause", "decision")
    op.drop_column("decision", "cause_detail")
    op.drop_column("decision", "cause")
