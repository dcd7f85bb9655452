"""Reasons for unread pages, a site's request header and trusted origins, due pages by site"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("unread_reason", sa.Text(), nullable=True))
    op.create_index(
        "ix__page__turn", "page", ["site_id", "check_at"], postgresql_where=sa.text("check_at IS NOT NULL")
    )
    op.add_column(
        "site",
        sa.Column("operator_origins", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("site", sa.Column("fetch_header_name", sa.Text(), nullable=True))
    op.add_column("site", sa.Column("fetch_header_secret", sa.LargeBinary(), nullable=True))
    # Origins count as the operator's, unless the audit log has a change by an editor who is not an owner.
    op.execute(
        """
        UPDATE site SET operator_origins = origins
        WHERE NOT EXISTS (
            SELECT FROM audit_entry JOIN editor ON editor.id = audit_entry.editor_id
            WHERE audit_entry.site_id = site.id AND audit_entry.what = 'settings.changed'
              AND audit_entry.details -> 'settings' ? 'origins' AND NOT editor.is_owner
        )
        """
    )


def downgrade() -> None:
    op.drop_column("site", "fetch_header_secret")
    op.drop_column("site", "fetch_header_name")
    op.drop_column("site", "operator_origins")
    op.drop_index("ix__page__turn", "page")
    op.drop_column("page", "unread_reason")
