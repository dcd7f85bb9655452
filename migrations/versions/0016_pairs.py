"""Pairs of cases, figures by reason, kind, pair and speller, and the page text before the last edit"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OLD = (
    "reports", "cases", "decided", "decision_time", "mending_time", "page", "section", "word", "reader", "editor",
)  # fmt: skip
_NEW = (*_OLD, "reason", "kind", "pair", "speller")


def _figures(names: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck__tally__figure"), "tally")
    listed = ", ".join(repr(name) for name in names)
    op.create_check_constraint(op.f("ck__tally__figure"), "tally", f"figure IN ({listed})")


def upgrade() -> None:
    op.add_column("case", sa.Column("pair", sa.LargeBinary(), nullable=True))
    op.execute(
        """
        UPDATE "case" SET pair = substring(sha256(convert_to(exact || chr(1) || answer, 'UTF8')) FOR 16)
        FROM (
            SELECT "case".id AS id, coalesce(correction, best.text) AS answer
            FROM "case" LEFT JOIN LATERAL (
                SELECT text FROM suggestion WHERE case_id = "case".id
                ORDER BY votes DESC, confidence DESC NULLS LAST, suggestion.id LIMIT 1
            ) AS best ON true
        ) AS answered
        WHERE answered.id = "case".id AND answer <> exact
        """
    )
    op.create_index(
        "ix__case__pair", "case", ["site_id", "pair", "status"], postgresql_where=sa.text("pair IS NOT NULL")
    )
    op.add_column("revision", sa.Column("packed_before", sa.LargeBinary(), nullable=True))
    op.add_column("revision", sa.Column("seen_before", sa.DateTime(timezone=True), nullable=True))
    _figures(_NEW)


def downgrade() -> None:
    op.execute("DELETE FROM tally WHERE figure IN ('reason', 'kind', 'pair', 'speller')")
    _figures(_OLD)
    op.drop_column("revision", "seen_before")
    op.drop_column("revision", "packed_before")
    op.drop_index("ix__case__pair", "case")
    op.drop_column("case", "pair")
