"""Accounts: when the identity provider last confirmed them"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editor", sa.Column("sso_confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE editor SET sso_confirmed_at = now() WHERE oidc_subject IS NOT NULL")


def downgrade() -> None:
    op.drop_column("editor", "sso_confirmed_at")
