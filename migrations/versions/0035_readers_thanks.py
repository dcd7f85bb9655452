"""Figures of readers: who reported, whose reports were right, who was told"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_OLD = (
    "reports", "cases", "decided", "decision_time", "mending_time", "page", "section", "word", "reader", "editor",
    "reason", "kind", "pair", "speller", "section_decision_time", "section_mending_time", "author_decision_time",
    "author_mending_time",
)  # fmt: skip
_ADDED = ("thanks", "told")


def _figures(names: tuple[str, ...]) -> None:
    listed = ", ".join(repr(name) for name in names)
    op.drop_constraint(op.f("ck__tally__figure"), "tally")
    op.create_check_constraint(op.f("ck__tally__figure"), "tally", f"figure IN ({listed})")


def upgrade() -> None:
    _figures((*_OLD, *_ADDED))


def downgrade() -> None:
    op.execute("DELETE FROM tally WHERE figure IN ('thanks', 'told')")
    _figures(_OLD)
