"""Sessions, password resets, two-factor authentication and scopes of tokens"""

import sqlalchemy as sa
from alembic import op

revision = "0003a"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__desk_session__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__desk_session")),
    )
    op.create_index(op.f("ix__desk_session__editor_id"), "desk_session", ["editor_id"], unique=False)
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__password_reset__editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__password_reset")),
    )
    op.create_index(op.f("ix__password_reset__editor_id"), "password_reset", ["editor_id"], unique=False)
    op.add_column("editor", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("editor", sa.Column("lang", sa.Text(), server_default="ru", nullable=False))
    op.add_column("editor", sa.Column("oidc_subject", sa.Text(), nullable=True))
    op.add_column("editor", sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
    op.add_column("editor", sa.Column("totp_last", sa.Integer(), nullable=True))
    op.add_column(
        "editor",
        sa.Column(
            "recovery_digests", sa.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.alter_column("editor", "password_hash", existing_type=sa.TEXT(), nullable=True)
    op.create_unique_constraint(op.f("uq__editor__oidc_subject"), "editor", ["oidc_subject"])
    op.add_column(
        "token",
        sa.Column("scopes", sa.ARRAY(sa.Text()), server_default=sa.text("'{read,decide}'"), nullable=False),
    )
    op.add_column("token", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("token", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("token", "last_used_at")
    op.drop_column("token", "expires_at")
    op.drop_column("token", "scopes")
    op.drop_constraint(op.f("uq__editor__oidc_subject"), "editor", type_="unique")
    op.alter_column("editor", "password_hash", existing_type=sa.TEXT(), nullable=False)
    op.drop_column("editor", "recovery_digests")
    op.drop_column("editor", "totp_last")
    op.drop_column("editor", "totp_secret")
    op.drop_column("editor", "oidc_subject")
    op.drop_column("editor", "lang")
    op.drop_column("editor", "name")
    op.drop_index(op.f("ix__password_reset__editor_id"), table_name="password_reset")
    op.drop_table("password_reset")
    op.drop_index(op.f("ix__desk_session__editor_id"), table_name="desk_session")
    op.drop_table("desk_session")
