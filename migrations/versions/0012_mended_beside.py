"""A mistake can be mended beside its passage"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BEFORE = ("as_suggested", "otherwise", "gone", "still_there", "unknown")


def upgrade() -> None:
    op.drop_constraint(op.f("ck__case__outcome"), "case")
    op.create_check_constraint("outcome", "case", sa.column("outcome").in_((*_BEFORE, "beside")))


def downgrade() -> None:
    op.execute("UPDATE \"case\" SET outcome = 'otherwise' WHERE outcome = 'beside'")
    op.drop_constraint(op.f("ck__case__outcome"), "case")
    op.create_check_constraint("outcome", "case", sa.column("outcome").in_(_BEFORE))
