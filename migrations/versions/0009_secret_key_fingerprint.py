"""A fingerprint of SECRET_KEY, so that a changed key is noticed"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instance",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("secret_key_fingerprint", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck__instance__single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__instance")),
    )


def downgrade() -> None:
    op.drop_table("instance")
