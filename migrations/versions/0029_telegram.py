"""Telegram: bots, their messages, and linked accounts"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def _time(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True))


def _belongs_to(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk__{table}__{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "telegram_bot",
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("next_update", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        _time("poll_at"),
        sa.Column("poll_error", sa.Text()),
        _belongs_to("telegram_bot", "subscriber_id", "subscriber"),
        sa.PrimaryKeyConstraint("subscriber_id", name=op.f("pk__telegram_bot")),
        sa.UniqueConstraint("bot_id", name=op.f("uq__telegram_bot__bot_id")),
    )
    op.create_table(
        "telegram_message",
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        _belongs_to("telegram_message", "subscriber_id", "subscriber"),
        _belongs_to("telegram_message", "case_id", "case"),
        sa.PrimaryKeyConstraint("subscriber_id", "case_id", name=op.f("pk__telegram_message")),
    )
    op.create_index("ix__telegram_message__case", "telegram_message", ["case_id"])
    op.create_table(
        "telegram_account",
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("name", sa.Text()),
        _time("linked_at"),
        sa.Column("code_digest", sa.LargeBinary()),
        _time("code_expires_at"),
        _belongs_to("telegram_account", "editor_id", "editor"),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk__telegram_account")),
        sa.UniqueConstraint("user_id", name=op.f("uq__telegram_account__user_id")),
        sa.UniqueConstraint("code_digest", name=op.f("uq__telegram_account__code_digest")),
    )


def downgrade() -> None:
    for table in ("telegram_account", "telegram_message", "telegram_bot"):
        op.drop_table(table)
