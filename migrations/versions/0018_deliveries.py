"""Subscribers, events and deliveries"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_WAITING = sa.text("done_at IS NULL AND set_aside_at IS NULL")


def _time(name: str, **options: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), **options)


def upgrade() -> None:
    _subscribers()
    _events()
    _deliveries()


def _subscribers() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hears", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("settings", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("editor_id", sa.Uuid()),
        sa.Column("is_operators", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_on", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _time("paused_until"),
        _time("admins_told_at"),
        _time("created_at", server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__subscriber")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__subscriber__site_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editor.id"], name=op.f("fk__subscriber__editor_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix__subscriber__site", "subscriber", ["site_id", "id"])
    op.create_index(op.f("ix__subscriber__editor_id"), "subscriber", ["editor_id"])


def _events() -> None:
    types = "'report.received', 'case.opened', 'case.decided', 'case.fixed', 'case.reopened', 'test'"
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _time("occurred_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__event")),
        sa.CheckConstraint(f"type IN ({types})", name=op.f("ck__event__type")),
        sa.UniqueConstraint("subject_id", "type", name=op.f("uq__event__subject_id_type")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk__event__site_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix__event__site_id"), "event", ["site_id"])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _time("due_at", server_default=sa.func.now(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("request", sa.Text()),
        sa.Column("answer", sa.Text()),
        _time("tried_at"),
        _time("done_at"),
        sa.Column("result", sa.Text()),
        _time("set_aside_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__delivery")),
        sa.CheckConstraint("result IN ('sent', 'unneeded')", name=op.f("ck__delivery__result")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk__delivery__event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk__delivery__subscriber_id"), ondelete="CASCADE"
        ),
    )
    for name, columns, where in (
        ("due", ["subscriber_id", "due_at", "id"], _WAITING),
        ("turn", ["subscriber_id", "case_id", "id"], _WAITING),
        ("list", ["subscriber_id", "id"], None),
        ("case", ["case_id", "id"], None),
        ("event", ["event_id"], None),
        ("done_at", ["done_at"], sa.text("done_at IS NOT NULL")),
    ):
        op.create_index(f"ix__delivery__{name}", "delivery", columns, postgresql_where=where)


def downgrade() -> None:
    for table in ("delivery", "event", "subscriber"):
        op.drop_table(table)
