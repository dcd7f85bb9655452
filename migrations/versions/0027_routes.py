"""Authors and sections of pages, who assigned a case, and times by section and author"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OLD = (
    "reports", "cases", "decided", "decision_time", "mending_time", "page", "section", "word", "reader", "editor",
    "reason", "kind", "pair", "speller",
)  # fmt: skip
_ADDED = ("section_decision_time", "section_mending_time", "author_decision_time", "author_mending_time")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(repr(name) for name in names)


def _figures(names: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck__tally__figure"), "tally")
    op.create_check_constraint(op.f("ck__tally__figure"), "tally", f"figure IN ({_listed(names)})")


def upgrade() -> None:
    op.add_column(
        "page",
        sa.Column("authors", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("page", sa.Column("section", sa.Text()))
    op.create_index("ix__page__authors", "page", ["authors"], postgresql_using="gin")
    op.create_index(
        "ix__page__stated_section",
        "page",
        ["site_id", sa.text("lower(section)")],
        postgresql_where=sa.text("section IS NOT NULL"),
    )
    op.add_column("case", sa.Column("assigned_by", sa.Text()))
    op.create_check_constraint(op.f("ck__case__assigned_by"), "case", "assigned_by IN ('rule', 'person')")
    _figures((*_OLD, *_ADDED))


def downgrade() -> None:
    op.execute("DELETE FROM tally WHERE figure LIKE 'section\\_%' OR figure LIKE 'author\\_%'")
    _figures(_OLD)
    op.drop_column("case", "assigned_by")
    op.drop_column("page", "section")
    op.drop_column("page", "authors")
