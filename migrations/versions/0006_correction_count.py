"""The number of different corrections of a case. Only the best ten corrections are stored"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "case", sa.Column("correction_count", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.execute(
        """
        UPDATE "case" SET correction_count = counted.number
        FROM (SELECT case_id, count(*) AS number FROM suggestion WHERE source = 'reader' GROUP BY case_id) AS counted
        WHERE "case".id = counted.case_id
        """
    )
    op.execute(
        """
        DELETE FROM suggestion USING (
            SELECT id, row_number() OVER (PARTITION BY case_id ORDER BY votes DESC, text) AS rank
            FROM suggestion WHERE source = 'reader'
        ) AS ranked
        WHERE suggestion.id = ranked.id AND ranked.rank > 10
        """
    )


def downgrade() -> None:
    op.drop_column("case", "correction_count")
