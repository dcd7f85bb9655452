"""An instance may require two factors, and an account's identity provider may have checked two"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_COLUMNS = (("instance", "two_factor_required"), ("editor", "sso_two_factor"))


def upgrade() -> None:
    for table, name in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    for table, name in _COLUMNS:
        op.drop_column(table, name)
