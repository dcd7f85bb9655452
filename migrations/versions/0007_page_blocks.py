"""Blocks of page texts, and the zone of a case's passage"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ZONES = ("headline", "lead", "body", "caption", "list")


def upgrade() -> None:
    op.add_column("revision", sa.Column("layout", sa.LargeBinary()))
    op.add_column("case", sa.Column("zone", sa.Text()))
    op.create_check_constraint("zone", "case", sa.column("zone").in_(_ZONES))


def downgrade() -> None:
    op.drop_constraint("ck__case__zone", "case")
    op.drop_column("case", "zone")
    op.drop_column("revision", "layout")
